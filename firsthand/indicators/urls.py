"""Addresses of the published figures."""

from django.urls import path

from firsthand.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("how-they-are-made", views.method, name="method"),
    path("<slug:slug>.csv", views.table, name="table"),
    path("<slug:slug>-<str:digest>.svg", views.chart, name="chart"),
]
