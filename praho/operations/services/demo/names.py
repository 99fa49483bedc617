"""What Romanian names, places and trades are made of."""

from dataclasses import dataclass


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


MEN = _listed(
    """Alexandru Bogdan Călin Cosmin Cristian Dan Daniel Florin Gabriel George Horia Ilie Ionuț Laurențiu Lucian Marius
    Matei Mihai Nicolae Octavian Paul Petru Răzvan Sergiu Silviu Ștefan Tiberiu Tudor Valentin Victor Vlad"""
)
WOMEN = _listed(
    """Adina Alina Ana-Maria Andreea Bianca Camelia Carmen Cătălina Cristina Daniela Diana Elena Gabriela Georgiana
    Ileana Ioana Irina Larisa Lavinia Luminița Mădălina Mihaela Monica Nicoleta Oana Raluca Roxana Simona Ștefania
    Teodora Veronica"""
)
FAMILIES = _listed(
    """Albu Anghel Bălan Barbu Bratu Bucur Călinescu Chiriac Ciobanu Cojocaru Constantinescu Cozma Crețu Dănilă Diaconu
    Dinu Dobre Drăgan Enache Ene Filip Florescu Ghiță Grigore Grosu Hodor Iacob Iordache Ispas Lazăr Luca Lungu
    Manea Manole Mărginean Mazilu Micu Mocanu Moraru Mureșan Neagu Nistor Oltean Oprea Pană Păun Petcu Pintea Preda
    Pușcaș Rotaru Rusu Sandu Săvulescu Șerban Simion Stan Stănescu Tănase Toma Țurcanu Ungureanu Vasilescu Voicu"""
)
STREETS = (
    "Strada Mihai Eminescu",
    "Strada Lungă",
    "Strada Livezilor",
    "Strada Republicii",
    "Bulevardul Unirii",
    "Strada Nicolae Bălcescu",
    "Strada Avram Iancu",
    "Aleea Teilor",
    "Strada Morii",
    "Calea Dumbrăvii",
    "Strada George Coșbuc",
    "Bulevardul Independenței",
    "Strada Trandafirilor",
    "Strada Vasile Alecsandri",
    "Calea Victoriei",
    "Strada Zorilor",
    "Strada Gării",
    "Șoseaua Nordului",
)


@dataclass(frozen=True, slots=True)
class Town:
    """A town as an address names it, with the beginning of its post codes and its area code."""

    name: str
    county: str
    post_code: str
    area: str


TOWNS = tuple(
    Town(*line.split(", "))
    for line in """\
Cluj-Napoca, Cluj, 400, 0264
Turda, Cluj, 401, 0264
Timișoara, Timiș, 300, 0256
Lugoj, Timiș, 305, 0256
Iași, Iași, 700, 0232
Brașov, Brașov, 500, 0268
Făgăraș, Brașov, 505, 0268
Constanța, Constanța, 900, 0241
Mangalia, Constanța, 905, 0241
Sibiu, Sibiu, 550, 0269
Cisnădie, Sibiu, 555, 0269
Oradea, Bihor, 410, 0259
Arad, Arad, 310, 0257
Craiova, Dolj, 200, 0251
Ploiești, Prahova, 100, 0244
Sinaia, Prahova, 106, 0244
Galați, Galați, 800, 0236
Brăila, Brăila, 810, 0239
Bacău, Bacău, 600, 0234
Suceava, Suceava, 720, 0230
Gura Humorului, Suceava, 725, 0230
Pitești, Argeș, 110, 0248
Curtea de Argeș, Argeș, 115, 0248
Baia Mare, Maramureș, 430, 0262
Târgu Mureș, Mureș, 540, 0265
Sighișoara, Mureș, 545, 0265
Alba Iulia, Alba, 510, 0258
Râmnicu Vâlcea, Vâlcea, 240, 0250
Buzău, Buzău, 120, 0238
Piatra-Neamț, Neamț, 610, 0233
Satu Mare, Satu Mare, 440, 0261
Tulcea, Tulcea, 820, 0240
Voluntari, Ilfov, 077, 021
Otopeni, Ilfov, 075, 021
Sector 1, București, 010, 021
Sector 2, București, 020, 021
Sector 3, București, 030, 021
Sector 4, București, 040, 021
Sector 6, București, 060, 021""".splitlines()
)

TRADES = (
    "Agroturism",
    "Arhitectură",
    "Atelierul",
    "Auto Service",
    "Cabana",
    "Cafeneaua",
    "Cofetăria",
    "Contabilitate",
    "Cramele",
    "Croitoria",
    "Editura",
    "Farmacia",
    "Ferma",
    "Florăria",
    "Grădina",
    "Librăria",
    "Mobila",
    "Optica",
    "Pensiunea",
    "Pescăria",
    "Restaurant",
    "Studio Foto",
    "Tipografia",
    "Transport",
    "Vinăria",
)
BRANDS = (
    "Amurg",
    "Bucegi",
    "Busuioc",
    "Cetatea",
    "Cireșar",
    "Codrin",
    "Corbul",
    "Crișana",
    "Dealul Mare",
    "Dorna",
    "Ecou",
    "Făgetul",
    "Gutui",
    "Hora",
    "Izvorul",
    "Luceafărul",
    "Măgura",
    "Mărțișor",
    "Moara Veche",
    "Nufărul",
    "Oltul",
    "Pădurea Verde",
    "Poiana",
    "Retezat",
    "Salcâmul",
    "Șoimul",
    "Tei",
    "Trei Brazi",
    "Văratec",
    "Zimbrul",
)

NOTES = (
    "A sunat pentru a muta site-ul de la vechea firmă de găzduire; i-am trimis pașii pe e-mail.",
    "Preferă să plătească prin transfer, o dată pe an. Contabila cere factura până în data de 25.",
    "Interesat de un server dedicat la toamnă. De revenit cu o ofertă.",
    "A cerut date separate de acces pentru agenția care îi administrează site-ul.",
    "Client recomandat de Atelier Nord. Foarte mulțumit de viteza magazinului.",
    "Magazin cu trafic mare de sărbători: de verificat resursele în noiembrie.",
    "A întrebat de e-Factura: i-am explicat că factura ajunge și în SPV.",
    "Nu răspunde la telefon înainte de ora 10; e-mailul este cel mai sigur.",
    "Dorește certificat cu validare extinsă pentru magazin. I-am explicat diferențele.",
    "A avut probleme cu e-mailul pe telefon; rezolvat, setase serverul vechi.",
)
