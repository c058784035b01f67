"""Addresses of coding projects, their sources, codes and passages."""

from django.urls import path

from firsthand.codebook.views import projects

app_name = "codebook"

_ONE = "coding/<uuid:project>/"

urlpatterns = [
    path("coding/", projects.mine, name="projects"),
    path("coding/new/", projects.new, name="new"),
    path(_ONE, projects.project, name="project"),
]
