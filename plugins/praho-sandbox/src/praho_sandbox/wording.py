"""The function that marks this plugin's sentences for translation."""

from praho.sdk import texts

_ = texts.of_package("praho_sandbox")
