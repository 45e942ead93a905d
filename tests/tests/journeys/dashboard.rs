//! What is made of the metrics: the dashboard, the alerts, and what docs/operating.md says to do about these.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use e2e::exposition::Exposition;
use e2e::promql::references;
use serde_json::Value;

use crate::metrics::{OPERATING, after_a_reset, both};

const DASHBOARD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/grafana/rekey.json");
const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/prometheus/rekey.rules.yml");
/// What Prometheus adds to each series by itself.
const ADDED: [&str; 2] = ["instance", "job"];

/// The alerts: name to expression, and the texts that name labels.
fn alerts() -> BTreeMap<String, (String, String, String)> {
    let text = fs::read_to_string(RULES).unwrap();
    let mut alerts = BTreeMap::new();
    for rule in text.split("- alert: ").skip(1) {
        let field = |name: &str| {
            let line = rule.lines().map(str::trim).find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            line.unwrap_or_else(|| panic!("an alert without {name}: {rule}")).to_owned()
        };
        let name = rule.lines().next().unwrap_or_default().trim().to_owned();
        assert!(alerts.insert(name.clone(), (field("expr"), field("summary"), field("runbook"))).is_none(), "{name}");
    }
    alerts
}

/// The panels: title to queries with their legends.
fn panels() -> BTreeMap<String, Vec<(String, String)>> {
    let dashboard: Value = serde_json::from_str(&fs::read_to_string(DASHBOARD).unwrap()).unwrap();
    let mut panels = BTreeMap::new();
    for panel in dashboard["panels"].as_array().unwrap().iter().filter(|panel| panel["type"] != "row") {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let targets = panel["targets"].as_array().expect("a panel asks something").iter();
        let queries = targets.map(|target| (text(&target["expr"]), text(&target["legendFormat"]))).collect();
        assert!(panels.insert(text(&panel["title"]), queries).is_none(), "two panels of one title");
    }
    panels
}

/// The labels that a text names between braces, as `before` introduces them.
fn named<'a>(text: &'a str, before: &'a str, after: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).filter_map(move |rest| rest.split_once(after)).map(|(name, _)| name.trim())
}

/// What of a query is not exported.
fn unknown(query: &str, labels: &BTreeSet<&str>, exported: &Exposition, seen: &mut BTreeSet<String>) -> Vec<String> {
    let found = references(query);
    let mut unknown = Vec::new();
    let mut possible: BTreeSet<&str> = ADDED.into();
    for (metric, matched) in &found.metrics {
        let Some(known) = exported.labels.get(metric) else {
            unknown.push(metric.clone());
            continue;
        };
        possible.extend(known.iter().map(String::as_str));
        seen.extend(exported.family_of(metric).map(ToOwned::to_owned));
        let missing = matched.iter().filter(|label| !known.contains(*label) && !ADDED.contains(&label.as_str()));
        unknown.extend(missing.map(|label| format!("{metric}{{{label}}}")));
    }
    let others = found.grouping.iter().map(String::as_str).chain(labels.iter().copied());
    unknown.extend(others.filter(|label| !possible.contains(label)).map(|label| format!("label {label}")));
    assert!(!found.metrics.is_empty(), "a query without a metric: {query}");
    unknown
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_dashboard_and_the_alerts_ask_for_what_is_exported_and_every_metric_is_shown() {
    let (system, _) = after_a_reset().await;
    let (mut exported, worker) = both(&system).await;
    exported.add(worker);
    let mut wrong = Vec::new();
    let (mut in_panels, mut in_alerts) = (BTreeSet::new(), BTreeSet::new());
    for (title, queries) in panels() {
        for (query, legend) in queries {
            let labels = named(&legend, "{{", "}}").collect();
            wrong.extend(unknown(&query, &labels, &exported, &mut in_panels).into_iter().map(|it| (title.clone(), it)));
        }
    }
    for (alert, (query, summary, _)) in alerts() {
        let labels = named(&summary, "$labels.", "}}").collect();
        wrong.extend(unknown(&query, &labels, &exported, &mut in_alerts).into_iter().map(|it| (alert.clone(), it)));
    }
    assert!(wrong.is_empty(), "asked for, but not exported: {wrong:#?}");
    let hidden: Vec<_> = exported.families.keys().filter(|name| !in_panels.contains(*name)).collect();
    assert!(hidden.is_empty(), "exported, but shown by no panel: {hidden:#?}");
    assert!(in_alerts.len() > 10, "the alerts were read");
}

/// The heading's anchor, as Markdown's renderers make it.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

#[test]
fn every_alert_has_a_section_that_says_what_to_do_and_every_such_section_an_alert() {
    let text = fs::read_to_string(OPERATING).unwrap();
    let headings: BTreeSet<&str> = text.lines().filter_map(|line| line.strip_prefix("#### Rekey")).collect();
    let mut alerts = alerts();
    for heading in headings {
        let name = format!("Rekey{heading}");
        let (_, _, runbook) = alerts.remove(&name).unwrap_or_else(|| panic!("{name} is no alert"));
        assert_eq!(runbook, format!("docs/operating.md#{}", anchor(&name)));
    }
    assert!(alerts.is_empty(), "without a section in docs/operating.md: {:?}", alerts.keys());
}
