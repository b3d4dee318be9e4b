from django.urls import path

from goldenthread.web import views

urlpatterns = [
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("style-guide/", views.style_guide, name="style_guide"),
]
