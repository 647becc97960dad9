"""What is said about accounts, passwords and codes."""

from clinic_desktop.foundation.rulebook import Rule, Severity

LOCKED = Severity.LOCKED
_HOW = "decision: accounts"

NOT_RIGHT = Rule(
    "sign-in-wrong", _HOW, LOCKED, "The password is not right. Look at Caps Lock, then type it again."
)
PIN_NOT_RIGHT = Rule("pin-wrong", _HOW, LOCKED, "The PIN is not right. Type it again.")
PIN_TOO_OFTEN = Rule(
    "pin-too-often",
    _HOW,
    LOCKED,
    "The PIN was wrong too often. Sign in with your password once, then it counts again.",
)
CODE_NOT_RIGHT = Rule(
    "recovery-wrong",
    _HOW,
    LOCKED,
    "This is not the recovery code that counts for this person. Look for a newer sheet; where there is none, "
    "another manager gives a new password.",
)
WAIT_SECONDS = Rule(
    "sign-in-wait",
    _HOW,
    LOCKED,
    "That was wrong too often. Wait {seconds} seconds, then try again. A manager can help.",
)
WAIT_MINUTES = Rule(
    "sign-in-wait-minutes",
    _HOW,
    LOCKED,
    "That was wrong too often. Wait {minutes} minutes, then try again. A manager can help.",
)
PASSWORD_NEEDED = Rule(
    "pin-needs-password",
    _HOW,
    LOCKED,
    "The PIN does not count on this computer now. Sign in with your password once, then it does.",
)
PASSWORD_SHORT = Rule(
    "password-short",
    _HOW,
    LOCKED,
    "A password has {least} characters or more. Three or four words in a row make a good one.",
)
PASSWORD_LONG = Rule("password-long", _HOW, LOCKED, "A password has {most} characters at most. Shorten it.")
PASSWORD_GUESSED = Rule(
    "password-guessed",
    _HOW,
    LOCKED,
    "This is among the first that anybody would try. Take three or four words that do not belong together.",
)
PASSWORD_NAMES = Rule(
    "password-names",
    _HOW,
    LOCKED,
    "This is little more than a name that everybody here knows. Add words that do not belong to it.",
)
PASSWORD_GIVEN = Rule(
    "password-given",
    _HOW,
    LOCKED,
    "This password was given by a manager and opens nothing yet. Choose one that only you know.",
)
FACTOR_WANTED = Rule(
    "factor-wanted",
    _HOW,
    LOCKED,
    "Now the six digits that your phone shows. Without the phone a manager can help.",
)
FACTOR_NOT_RIGHT = Rule(
    "factor-wrong",
    _HOW,
    LOCKED,
    "These are not the six digits of now, or they were used already. Type those that the phone shows next.",
)
FACTOR_NEEDED = Rule(
    "factor-needed",
    _HOW,
    LOCKED,
    "This clinic asks your role for a second factor. Set it up on your phone: nothing opens before.",
)
SETTLED_ELSEWHERE = Rule(
    "factor-settled-elsewhere",
    _HOW,
    LOCKED,
    "Your password or your second factor has to be set up first, and nothing can be written here now. "
    "Let somebody else sign in.",
)
FACTOR_FORM = Rule(
    "factor-form",
    _HOW,
    LOCKED,
    "These are not the digits that belong to this code. Scan it again, and look at the phone's clock.",
)
FACTOR_ON = Rule("factor-on", _HOW, LOCKED, "You have a second factor. Take it away first.")
FACTOR_OFF = Rule("factor-off", _HOW, LOCKED, "You have no second factor.")
FACTOR_STAYS = Rule(
    "factor-stays", _HOW, LOCKED, "This clinic asks your role for a second factor, so it stays."
)
PASSWORD_SAME = Rule("password-same", _HOW, LOCKED, "This is the password that you have. Choose another.")
PIN_FORM = Rule("pin-form", _HOW, LOCKED, "A PIN is {least} to {most} digits. Type digits only.")
PIN_EASY = Rule(
    "pin-easy", _HOW, LOCKED, "This PIN is among the first that anybody would try. Choose another."
)
CODE_LENGTH = Rule(
    "recovery-length",
    _HOW,
    LOCKED,
    "A recovery code has {wanted} letters, and these are {typed}. Compare them with the sheet.",
)
CODE_LETTER = Rule(
    "recovery-letter",
    _HOW,
    LOCKED,
    "No recovery code has the sign {letter}. Compare it with the sheet.",
)
CODE_TYPO = Rule(
    "recovery-typo",
    _HOW,
    LOCKED,
    "A letter of the recovery code is wrong or two changed places. Compare it with the sheet.",
)
NO_ACCOUNT = Rule("account-none", _HOW, LOCKED, "{name} has no account. Give one first.")
NOT_HERE = Rule("account-nobody", _HOW, LOCKED, "Only somebody who works here can have an account.")
HAS_ACCOUNT = Rule("account-there", _HOW, LOCKED, "{name} has an account. Give a new password instead.")
FIRST_THERE = Rule("account-first", _HOW, LOCKED, "This clinic has accounts. Sign in with one of them.")
FIRST_MANAGES = Rule(
    "account-manager",
    _HOW,
    LOCKED,
    "The first account is a manager's: {name} is none. Choose a manager, or make {name} one first.",
)
OWN_PASSWORD = Rule(
    "password-own",
    _HOW,
    LOCKED,
    "Your own password is changed with the old one. If it is forgotten, another manager gives you a new one.",
)
LAST_MANAGER = Rule(
    "account-last-manager",
    _HOW,
    LOCKED,
    "{name} is the only manager who can sign in. Give another manager an account first.",
)
EMERGENCY_REASON = Rule(
    "emergency-reason", _HOW, LOCKED, "Say in a few words what the emergency is. The managers will read it."
)
EMERGENCY_OFF = Rule(
    "emergency-off",
    _HOW,
    LOCKED,
    "This clinic gives no emergency access. Ask a colleague who can sign in.",
)
EMERGENCY_CLOSED = Rule(
    "emergency-closed",
    _HOW,
    LOCKED,
    "A manager closed the account of {name}. Somebody else who works here takes the emergency access.",
)
EMERGENCY_OVER = Rule(
    "emergency-over",
    _HOW,
    LOCKED,
    "The emergency access is over. Nothing was saved. Sign in, or ask for it again with a reason.",
)
EMERGENCY_TODAY = Rule(
    "emergency-today",
    _HOW,
    LOCKED,
    "Emergency access records what happens today, and this is of another day. Nothing was saved.",
)
EMERGENCY_FLOOR = Rule(
    "emergency-floor",
    _HOW,
    LOCKED,
    "Emergency access is for today's floor alone, and this is not of it. Nothing was saved. Sign in.",
)
EMERGENCY_OUT = Rule(
    "emergency-out",
    _HOW,
    LOCKED,
    "Emergency access prints nothing and saves nothing to a file. Sign in, or ask a colleague who can.",
)
EMERGENCY_TOLD = Rule(
    "emergency-told",
    _HOW,
    Severity.WARNING,
    "{name} took emergency access on the PC called {desk}: {reason}",
)
EMERGENCY_HERE = Rule(
    "emergency-here", _HOW, Severity.WARNING, "{name} took emergency access at a desk: {reason}"
)
