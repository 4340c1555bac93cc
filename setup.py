"""Installs ckanext-opengovbelize; everything else about the package stands in pyproject.toml."""

from setuptools import find_namespace_packages, setup

setup(
    package_dir={"": "ckanext-opengovbelize"},
    packages=find_namespace_packages("ckanext-opengovbelize", include=["ckanext.*"]),
    include_package_data=True,
)
