"""Routes of the chain."""

from django.urls import path

from supplychain.chains.web import map as drawn

app_name = "chains"
urlpatterns = [path("chain/", drawn.chain, name="chain")]
