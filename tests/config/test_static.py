import json
from pathlib import Path

from django.core.management import call_command


def test_every_file_that_a_stylesheet_names_is_collected_under_a_hashed_name(settings, tmp_path: Path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    # Compressing what came with the documentation of the API takes longer than all else.
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["redoc", "swagger-ui*"])
    paths = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    own = [
        path.relative_to(folder).as_posix()
        for folder in settings.STATICFILES_DIRS
        for path in Path(folder).rglob("*.*")
    ]
    assert set(own) <= set(paths)
    assert all((tmp_path / hashed).exists() for hashed in paths.values())
