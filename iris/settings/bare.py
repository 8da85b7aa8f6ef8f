"""For commands on files of one's own (`manage.py match`): no database, no secret, no environment to set."""

SECRET_KEY = "signs nothing: no request is ever served with these settings"  # noqa: S105 (not a secret)
INSTALLED_APPS = ["iris.matching"]
USE_TZ = True
