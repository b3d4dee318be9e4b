from django.apps import AppConfig


class PackageConfig(AppConfig):
    name = "goldenthread.package"
    label = "package"
