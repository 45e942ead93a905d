//! The shape of mails: built-in templates, and those of the operator's folder instead of them.
//!
//! What a template is given:
//! - `service`, `subject`, `locale` (`pt-BR`) and `dir` (`ltr`, `rtl`);
//! - `code`, `link` and `minutes` in `send_code`; `when` in `changed_notice`; `contact` in `second_factor`, with `href`
//!   and `text`;
//! - `brand.light` and `brand.dark`: `accent` for links, `button` and `button_text`, all as `#rrggbb`;
//! - `brand.logo`, if there is a PNG: `src`, `width` and `height`;
//! - `brand.support`, if it is set: `href` and `text`;
//! - `text("id", name=value)`, a message of the mail's language; `service` is given to every message;
//! - the filter `wrap`, for plain text.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use entity::settings::SettingError;
use minijinja::{AutoEscape, Environment, ErrorKind, State, UndefinedBehavior, Value, value::Kwargs};

use super::{
    texts::{Texts, read_folder},
    wrap::wrap,
};

pub(super) const BUILT_IN: [(&str, &str); 7] = [
    ("layout.html", include_str!("../../templates/layout.html")),
    ("send_code.html", include_str!("../../templates/send_code.html")),
    ("send_code.txt", include_str!("../../templates/send_code.txt")),
    ("changed_notice.html", include_str!("../../templates/changed_notice.html")),
    ("changed_notice.txt", include_str!("../../templates/changed_notice.txt")),
    ("second_factor.html", include_str!("../../templates/second_factor.html")),
    ("second_factor.txt", include_str!("../../templates/second_factor.txt")),
];

/// Steps that a template may take: the built-in ones take some hundreds. One that loops in loops would keep a worker
/// from its other mails for as long as it pleases.
const FUEL: u64 = 100_000;

/// All templates and texts.
pub(super) struct Templates {
    environment: Environment<'static>,
    texts: Arc<Texts>,
    overridden: BTreeSet<String>,
}

impl Templates {
    /// The built-in templates, and the files of the folder that have their names.
    ///
    /// # Errors
    /// For a file that cannot be read, does not parse or has another name, by its name.
    pub(super) fn load(folder: Option<&Path>, texts: Arc<Texts>) -> Result<Self, SettingError> {
        let files = match folder {
            Some(folder) => [read_folder(folder, "html")?, read_folder(folder, "txt")?].concat(),
            None => Vec::new(),
        };
        let origin = |name: &str| match folder {
            Some(folder) if files.iter().any(|(file, _)| file == name) => folder.join(name).display().to_string(),
            _ => format!("{name} (built in)"),
        };
        Self::new(&files, texts).map_err(|(name, problem)| SettingError::new(origin(&name), problem))
    }

    /// The built-in templates, and these in their place, by name and source.
    ///
    /// # Errors
    /// The name of one that does not parse or is not known, and what is wrong with it.
    pub(super) fn new(overrides: &[(String, String)], texts: Arc<Texts>) -> Result<Self, (String, String)> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_auto_escape_callback(
            |name| {
                if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
            },
        );
        let words = Arc::clone(&texts);
        environment.add_function("text", move |state: &State<'_, '_>, id: String, values: Kwargs| {
            text(&words, state, &id, &values)
        });
        environment.add_filter("wrap", |text: &str| wrap(text));
        for (name, source) in BUILT_IN {
            environment.add_template(name, source).map_err(|error| (name.to_owned(), error.to_string()))?;
        }
        let mut overridden = BTreeSet::new();
        for (name, source) in overrides {
            if !BUILT_IN.iter().any(|(known, _)| known == name) {
                return Err((name.clone(), "is no template of Rekey".into()));
            }
            let added = environment.add_template_owned(name.clone(), source.clone());
            added.map_err(|error| (name.clone(), describe(&error)))?;
            overridden.insert(name.clone());
        }
        Ok(Self { environment, texts, overridden })
    }

    /// The catalogues.
    pub(super) fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Whether the operator's folder has this template.
    pub(super) fn is_overridden(&self, name: &str) -> bool {
        self.overridden.contains(name)
    }

    /// Whether it has none.
    pub(super) fn are_built_in(&self) -> bool {
        self.overridden.is_empty()
    }

    /// Renders one template.
    ///
    /// # Errors
    /// [`RenderError`]; at run time only if a sample at start did not take the same path.
    pub(super) fn render(&self, name: &str, values: Value) -> Result<String, RenderError> {
        let template = self.environment.get_template(name);
        let rendered = template.and_then(|template| template.render(values));
        rendered.map_err(|error| RenderError {
            template: error.name().unwrap_or(name).to_owned(),
            problem: describe(&error),
        })
    }
}

/// A template that could not be rendered. It shows no value.
#[derive(Debug, thiserror::Error)]
#[error("{template}: {problem}")]
pub struct RenderError {
    pub(super) template: String,
    pub(super) problem: String,
}

/// What is wrong and in which line, without the values at hand.
fn describe(error: &minijinja::Error) -> String {
    let line = error.line().map(|line| format!("line {line}: ")).unwrap_or_default();
    let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    format!("{line}{}{detail}", error.kind())
}

fn text(texts: &Texts, state: &State<'_, '_>, id: &str, values: &Kwargs) -> Result<String, minijinja::Error> {
    let known = |name: &str| state.lookup(name).map(|value| value.to_string()).unwrap_or_default();
    let mut arguments = vec![("service".to_owned(), known("service"))];
    for name in values.args() {
        arguments.push((name.to_owned(), values.get::<Value>(name)?.to_string()));
    }
    texts
        .get(&known("locale"), id, &arguments)
        .map_err(|problem| minijinja::Error::new(ErrorKind::InvalidOperation, problem))
}
