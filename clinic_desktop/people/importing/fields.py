"""What a column of a patient list can hold, and the headings other systems give it."""

import re
from enum import StrEnum

from clinic_desktop.people.folding import fold


class Field(StrEnum):
    """A field of the patient that a column can fill; also what is written after --map COLUMN=."""

    SOURCE_ID = "id"
    GIVEN_NAME = "given_name"
    MIDDLE_NAME = "middle_name"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    PREFERRED_NAME = "preferred_name"
    BIRTH_DATE = "birth_date"
    DEATH_DATE = "death_date"
    SEX = "sex"
    LANGUAGE = "language"
    EMAIL = "email"
    PHONE = "phone"
    MOBILE_PHONE = "mobile_phone"
    HOME_PHONE = "home_phone"
    WORK_PHONE = "work_phone"
    STREET = "street"
    STREET_2 = "street_2"
    CITY = "city"
    STATE = "state"
    POSTCODE = "postcode"
    EMERGENCY_NAME = "emergency_name"
    EMERGENCY_RELATIONSHIP = "emergency_relationship"
    EMERGENCY_PHONE = "emergency_phone"
    ALLERGIES = "allergies"
    ALERTS = "alerts"
    NOTES = "notes"


PHONES = {
    Field.MOBILE_PHONE: "mobile",
    Field.HOME_PHONE: "home",
    Field.WORK_PHONE: "work",
    Field.PHONE: "",
}
NAMES = (Field.GIVEN_NAME, Field.FAMILY_NAME, Field.FULL_NAME)
DATES = (Field.BIRTH_DATE, Field.DEATH_DATE)

# Headings without blanks, signs and case; "patient" or "client" before them is taken off first.
_HEADINGS = {
    Field.SOURCE_ID: "id uuid guid mrn medicalrecordnumber chartnumber chartno chartid recordid recordnumber "
    "externalid accountnumber patientnumber patientno clientnumber clientno",
    Field.GIVEN_NAME: "first firstname fname given givenname forename christianname legalfirstname "
    "vorname prenom nombre nombres",
    Field.MIDDLE_NAME: "middle middlename middleinitial mi secondname",
    Field.FAMILY_NAME: "last lastname lname family familyname surname legallastname nachname "
    "familienname nomdefamille apellido apellidos",
    Field.FULL_NAME: "name fullname patient client patientname clientname nombrecompleto",
    Field.PREFERRED_NAME: "preferred preferredname preferredfirstname nickname goesby knownas chosenname",
    Field.BIRTH_DATE: "birthdate birthday dateofbirth dob born birth bdate geburtsdatum datedenaissance "
    "fechadenacimiento fechanacimiento",
    Field.DEATH_DATE: "deathdate dateofdeath dod died diedon deceasedat deceasedon deceaseddate",
    Field.SEX: "sex gender legalsex administrativesex sexatbirth geschlecht sexo sexe",
    Field.LANGUAGE: "language preferredlanguage primarylanguage spokenlanguage lang sprache idioma langue",
    Field.EMAIL: "email emailaddress mail mailaddress eaddress primaryemail correo correoelectronico",
    Field.PHONE: "phone phonenumber telephone telephonenumber tel primaryphone contactphone "
    "contactphonenumber contactnumber daytimephone telefon telefono",
    Field.MOBILE_PHONE: "mobile mobilephone mobilenumber mobilephonenumber cell cellphone cellnumber "
    "cellphonenumber handy movil celular",
    Field.HOME_PHONE: "home homephone homephonenumber homenumber hometelephone phonehome",
    Field.WORK_PHONE: "work workphone workphonenumber worknumber businessphone officephone phonework",
    Field.STREET: "address street streetaddress address1 addressline1 addressline street1 streetline1 "
    "homeaddress mailingaddress strasse direccion adresse",
    Field.STREET_2: "address2 addressline2 street2 streetaddress2 streetline2 apartment apt unit suite",
    Field.CITY: "city town suburb locality ort stadt ciudad ville",
    Field.STATE: "state province stateprovince region bundesland estado provincia",
    Field.POSTCODE: "zip zipcode postal postalcode postcode zippostalcode plz codigopostal codepostal",
    Field.EMERGENCY_NAME: "emergencycontact emergencycontactname emergencyname incaseofemergency "
    "nextofkin nextofkinname",
    Field.EMERGENCY_RELATIONSHIP: "emergencycontactrelationship emergencyrelationship "
    "emergencycontactrelation nextofkinrelationship",
    Field.EMERGENCY_PHONE: "emergencycontactphone emergencyphone emergencycontactnumber emergencynumber "
    "emergencycontactphonenumber nextofkinphone",
    Field.ALLERGIES: "allergies allergy drugallergies",
    Field.ALERTS: "alerts alert medicalalert medicalalerts warning",
    Field.NOTES: "notes note comments comment remarks",
}
BY_HEADING = {heading: field for field, headings in _HEADINGS.items() for heading in headings.split()}

# Numbers that identify a person to an authority, an insurer or a bank.
_IDENTITY = re.compile(
    r"\b(ssn|sin|itin|ein|passports?|nhs|phn|mbi|medicare|medicaid|nino|curp|aadhaar)\b"
    r"|\b(social|soc) ?(security|sec|insurance)\b"
    r"|^drivers$|\bdrivers?s? ?(licen[cs]e|lic|id|no|number)\b|\bdl ?(no|number)?$|\blicen[cs]e\b"
    r"|\b(national|identity|identification|tax|taxpayer|alien|voter|military|credit|card|bank|policy|"
    r"insurance|insured|member|subscriber|group|payer|plan|health ?card|personal health|health insurance)"
    r" ?(id|no|num|number|card)\b"
    r"|\bid ?(card|document)\b|^(green|credit|health) ?card$"
)

_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_ASIDE = re.compile(r"[(\[*].*$")
_OWNER = re.compile(r"^(patient|client|pt|member|person|contact)s? (?=\S)")


def heading_words(heading: str) -> str:
    """A heading as small words: "PatientFirst_Name*" is "patient first name"."""
    return _words(_ASIDE.sub("", heading))


def _words(heading: str) -> str:
    apart = _CAMEL.sub(" ", heading)
    return " ".join("".join(c if c.isalnum() else " " for c in fold(apart).replace("'", "")).split())


def is_identity(heading: str) -> bool:
    """Whether the column holds numbers that are never kept."""
    return bool(_IDENTITY.search(_words(heading)))


def field_of(heading: str) -> Field | None:
    """The field a heading names, when it is one of those known."""
    words = heading_words(heading)
    own = words.replace(" ", "")
    field = BY_HEADING.get(own) or BY_HEADING.get(_OWNER.sub("", words).replace(" ", ""))
    if field is None and own[-1:].isdecimal():  # "Phone 2"
        field = BY_HEADING.get(own.rstrip("0123456789"))
        return field if field in PHONES else None
    return field
