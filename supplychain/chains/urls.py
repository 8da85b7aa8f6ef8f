"""Routes of the chain."""

from django.urls import path

from supplychain.chains import web

app_name = "chains"
urlpatterns = [path("chain/", web.chain, name="chain")]
