"""A registrant, as a customer's billing profile gives it."""

from praho.sdk.dto import Address, Contact, PersonKind

REGISTRANT = Contact(
    kind=PersonKind.COMPANY,
    name="Ștefan Țurcanu",
    organisation="Fabrica de Pâine S.R.L.",
    email="contact@fabricadepaine.example",
    phone="+40721234567",
    address=Address("Strada Memorandumului nr. 28", "Cluj-Napoca", "CJ", "400114", "RO"),
    identifier="14399840",
    registration_number="J12/345/2019",
)
