"""What the texts rest on: keys of the reference's source register (section 12), and where each was read.

A: official or reviewed by peers; B: a clinic's own page; C: somebody who collects from others.
"""

CLINIC_CHOICE = "clinic choice"
UNSOURCED = "unsourced"
"""Said because it is sensible; nobody was found who says it."""

SOURCES: dict[str, tuple[str, str]] = {
    "A1": ("B", "https://www.nervanamedical.com/s/ketaminedischarge"),
    "A2": ("B", "http://revivewellnessfl.com/post-treatment-instructions/"),
    "A3": ("B", "https://www.propeltherapeutics.com/post/ketamine-therapy-after-treatment"),
    "A4": ("B", "https://careclinicinfusions.com/treatment-day/"),
    "A5": (
        "B",
        "https://stephanielynwellness.com/what-should-i-be-prepared-for-after-the-medicine-experience",
    ),
    "A6": ("B", "https://excel-psychiatry.com/?p=14871"),
    "A7": ("B", "https://www.klarisana.com/treatments/patient-information-spravato/"),
    "A8": ("B", "https://indyat.com/patient-information/"),
    "A9": ("B", "https://touchstonetms.com/spravato-about-treatment/"),
    "A10": ("C", "https://illness.com/drug/esketamine-nasal-spray/"),
    "A13": ("C", "https://themeditary.com/drug/esketamine-nasal-spray-12652.html"),
    "C2": ("B", "https://ketwell.com/pre-and-post-treatment-instructions/"),
    "C3": ("B", "https://lonestarinfusion.com/contents/resources/how-to-prepare"),
    "C6": ("B", "https://newlifeketamine.com/infusion-day/"),
    "C13b": ("B", "https://www.oxfordhealth.nhs.uk/ips/ketamine-trd/carers/"),
    "C18": ("B", "https://citclinics.com/tx-instructions/"),
    "C19": ("B", "https://sovereignmindpsychiatry.com/prepare-for-your-appointment"),
    "C22": ("B", "https://ascendkwellness.com/f-a-q/"),
    "C23": ("B", "https://jirahanesthesia.com/what-to-expect/"),
    "C24": ("B", "https://nulifemedutah.com/precautions/"),
    "C25": ("B", "https://isha.health/consent-form"),
    "C33": ("B", "https://sageintegrativehealth.org/kat-test-test"),
    "E2": ("B", "https://www.pugetsoundgastro.com/patient-resources/driver-escorts-information/"),
    "E3": ("B", "https://bunburydayhospital.com.au/faqs/q-why-do-i-need-an-escort/"),
    "F1": ("B", "https://coloradopaincare.com/sedation-guidelines/"),
    "L4": ("A", "https://www.spravatohcp.com/dosing-spravato-trd"),
    "L9": ("A", "https://www.spravatotreatmentcenter.com/treating"),
    "M1": ("A", "https://uat.mims.com/philippines/drug/info/spravato/dosage"),
    "N3": ("B", "https://kismetketamine.com/payment-cancellation-policy"),
    "O1": ("B", "https://www.nebraskapeaceofmind.com/provider-resources"),
}
"""Key -> its weight and its address."""

KNOWN = frozenset({*SOURCES, CLINIC_CHOICE, UNSOURCED})
