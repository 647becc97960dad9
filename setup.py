"""Packaging that pyproject.toml has no words for: resources/ lies beside the package, installed inside it."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["clinic_desktop*"]), "clinic_desktop.resources"],
    package_dir={"clinic_desktop.resources": "resources"},
    package_data={"clinic_desktop.resources": ["**/*"]},
)
