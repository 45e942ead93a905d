"""project.py prepare ADDRESSES | serve PORT: the request for a reset through django-allauth's headless API. From the environment:
BENCH_DATABASE, the URL of a PostgreSQL. `prepare` makes the tables by Django's migrations and a user for each line of the file
ADDRESSES, and sees that a mail would go out; `serve` answers POST /_allauth/app/v1/auth/password/request.

As the guides advise (docs.allauth.org: Quickstart, Headless; docs.djangoproject.com: Deployment checklist, Databases;
gunicorn.org: Design): 2 × cores + 1 workers with some threads, connections to the database that stay open, templates that are
read once, and no debugging. Mails are written and then dropped, as if whatever sends them took no time; limits are off, and
calls are not logged.
"""

import multiprocessing
import os
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

HOST = "reset.example.com"
database = urlsplit(os.environ["BENCH_DATABASE"])

settings.configure(
    SECRET_KEY="a secret that only the benchmark has, of some 50 characters",
    DEBUG=False,
    ALLOWED_HOSTS=[HOST, "127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": database.hostname,
            "PORT": database.port,
            "USER": database.username,
            "NAME": database.path.removeprefix("/"),
            "CONN_MAX_AGE": None,
        }
    },
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "allauth",
        "allauth.account",
        "allauth.headless",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
    AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    ACCOUNT_LOGIN_METHODS={"email"},
    ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"],
    ACCOUNT_RATE_LIMITS=False,
    HEADLESS_ONLY=True,
    HEADLESS_CLIENTS=("app",),
    HEADLESS_FRONTEND_URLS={
        "account_confirm_email": f"https://{HOST}/verify/{{key}}",
        "account_reset_password": f"https://{HOST}/reset",
        "account_reset_password_from_key": f"https://{HOST}/reset/{{key}}",
        "account_signup": f"https://{HOST}/signup",
    },
)
# What gunicorn is given. It sets Django up.
application = get_wsgi_application()
urlpatterns = [path("accounts/", include("allauth.urls")), path("_allauth/", include("allauth.headless.urls"))]


def prepare(file: str) -> None:
    """Tables, users, and one request for a known and one for an unknown address."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User
    from django.core import mail
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client, override_settings

    call_command("migrate", verbosity=0)
    with open(file, encoding="ascii") as lines:
        addresses = lines.read().split()
    password = make_password("harbour violet quietly unpacks")
    users = [User(username=f"user{n}", email=address, password=password) for n, address in enumerate(addresses)]
    users = User.objects.bulk_create(users)
    EmailAddress.objects.bulk_create(EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users)
    with connection.cursor() as cursor:
        # Django's own table has none, and is looked through for addresses that are in no other.
        cursor.execute("CREATE INDEX ON auth_user (email)")
        cursor.execute("ANALYZE")
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        for address, text in [(addresses[0], f"https://{HOST}/reset/"), (f"nobody@{HOST}", f"https://{HOST}/signup")]:
            answer = Client(headers={"host": HOST}).post(
                "/_allauth/app/v1/auth/password/request", {"email": address}, content_type="application/json"
            )
            sent = mail.outbox.pop()
            assert answer.status_code == 200 and sent.to == [address] and text in sent.body, (answer, sent.body)


def serve(port: str) -> None:
    """Becomes gunicorn."""
    workers = 2 * multiprocessing.cpu_count() + 1
    command = [sys.executable, "-m", "gunicorn", "--chdir", os.path.dirname(os.path.abspath(__file__)), "--log-level", "warning"]
    # Threads keep connections of clients open, which by itself a worker does not: a fifth less of a core for each call.
    command += ["--workers", str(workers), "--worker-class", "gthread", "--threads", "4"]
    command += ["--bind", f"127.0.0.1:{port}", "project:application"]
    os.execv(sys.executable, command)


if __name__ == "__main__":
    {"prepare": prepare, "serve": serve}[sys.argv[1]](sys.argv[2])
