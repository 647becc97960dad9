"""What a line to a server must be, against a real server with certificates of our own."""

import datetime
import ipaddress
import logging
import shutil
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.security import server_password
from clinic_desktop.storage.backing_up import back_up
from clinic_desktop.storage.engine import account_of, connector, told_besides
from clinic_desktop.storage.safe_line import fit_or_refused, is_near, secured
from clinic_desktop.storage.store import open_store
from tests.storage import postgres

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def make(cls, name: str) -> "Authority":
        key = ec.generate_private_key(ec.SECP256R1())
        return cls(key, signed(name, key.public_key(), name, key, NOW + DAY, ca=True))


def signed(name, public, issuer, by, until, *, ca=False, at="127.0.0.1"):
    def called(one):
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)])

    builder = (
        x509.CertificateBuilder()
        .subject_name(called(name))
        .issuer_name(called(issuer))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - 30 * DAY)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca:
        names = [x509.IPAddress(ipaddress.ip_address(at))]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(by, hashes.SHA256())


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


@dataclass
class TlsServer:
    server: postgres.Server
    port: int
    ours: Authority
    database: str

    def serve(self, until=NOW + DAY, at="127.0.0.1") -> None:
        """From now on show a certificate that ends then and is made out to that address."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = signed("server", key.public_key(), "ours", self.ours.key, until, at=at)
        secret = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        for name, content in (("server.crt", pem(certificate)), ("server.key", secret)):
            path = self.server.data / name
            path.write_bytes(content)
            path.chmod(0o600)
            if path.owner() != self.server.data.owner():
                shutil.chown(path, self.server.data.owner())

    def reload(self) -> None:
        """Let it read its certificate anew, and wait until it shows it."""
        wanted = ssl.PEM_cert_to_DER_cert((self.server.data / "server.crt").read_text())
        self.server.run("pg_ctl", "-D", self.server.data, "reload")
        for _ in range(500):
            if self.shown() == wanted:
                return
        raise RuntimeError("the server does not show its new certificate")

    def shown(self) -> bytes:
        loose = ssl.create_default_context()
        loose.check_hostname, loose.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection(("127.0.0.1", self.port)) as line:
            line.sendall(b"\x00\x00\x00\x08\x04\xd2\x16\x2f")
            assert line.recv(1) == b"S"
            with loose.wrap_socket(line) as safe:
                return safe.getpeercert(binary_form=True) or b""

    def address(self, user: str = "desk_2", **query: str) -> str:
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        return f"postgresql://{user}@127.0.0.1:{self.port}/{self.database}?{asked}"


@pytest.fixture(scope="module")
def tls(tmp_path_factory) -> Iterator[TlsServer]:
    try:
        postgres.programs()
    except postgres.NotInstalled as missing:
        pytest.skip(str(missing))
    with postgres.running() as server:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        made = TlsServer(server, port, Authority.make("ours"), server.database())
        open_store(server.address(made.database, postgres.OWNER), make=True).close()
        with server.connect("postgres", "admin") as admin:
            admin.execute("SET password_encryption = 'scram-sha-256'")  # 13 would keep it as MD5
            admin.execute("CREATE ROLE desk_2 LOGIN PASSWORD 'hush-hush-77' IN ROLE clinic_app")
        made.serve()
        (server.data / "pg_hba.conf").write_text(
            "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n"
        )
        with (server.data / "postgresql.conf").open("a") as conf:
            conf.write(f"\nssl = on\nport = {port}\n")
        server.stop()
        options = f"-F -c listen_addresses='127.0.0.1' -c unix_socket_directories='{server.folder}'"
        server.run("pg_ctl", "-w", "-D", server.data, "-l", server.folder / "log", "-o", options, "start")
        yield made


@pytest.fixture
def root(tls, tmp_path) -> Path:
    path = tmp_path / "root.crt"
    path.write_bytes(pem(tls.ours.certificate))
    return path


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch, tmp_path):
    """No password and no certificate of whoever runs the tests."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("PGPASSWORD", "PGPASSFILE", "PGSSLMODE", "PGSSLROOTCERT", "PGHOST", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(server_password, "_typed", {})
    monkeypatch.setattr(server_password, "_kept", {})
    monkeypatch.setattr(server_password, "has_keyring", lambda: False)


@pytest.mark.parametrize(
    ("host", "near"),
    [("", True), ("/var/run", True), ("localhost", True), ("127.0.0.9", True), ("::1", True),
     ("server", False), ("10.0.0.5", False), ("localhost.evil.example", False), ("127.0.0.1.nip.io", False)],
)  # fmt: skip
def test_what_is_this_computer(host, near):
    assert is_near(host) is near


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer"])
def test_no_line_leaves_the_computer_unencrypted(mode, monkeypatch):
    for keywords in (
        {"host": "server", "sslmode": mode},
        {"host": "localhost,server", "sslmode": mode},
        {"host": "localhost", "hostaddr": "10.0.0.5", "sslmode": mode},
        {"service": "clinic", "sslmode": mode},
    ):
        with pytest.raises(EnvironmentFailure, match="unencrypted"):
            secured(keywords)
    with pytest.raises(EnvironmentFailure, match="unencrypted"):
        open_store(f"postgresql://desk@10.0.0.5/clinic?sslmode={mode}")
    monkeypatch.setenv("PGSSLMODE", mode)
    with pytest.raises(EnvironmentFailure, match="unencrypted"):
        secured({"host": "server"})
    assert secured({"host": "127.0.0.1", "sslmode": mode})["sslmode"] == mode


def test_what_is_asked_for_when_nothing_is_said(tmp_path):
    assert secured({"host": "server"})["sslmode"] == "require"
    assert secured({"host": "a,b", "sslrootcert": "x.crt"})["sslmode"] == "verify-full"
    assert secured({"host": "server", "sslmode": "verify-ca"})["sslmode"] == "verify-ca"
    assert "sslmode" not in secured({"host": "/var/run"})
    (tmp_path / ".postgresql").mkdir()
    (tmp_path / ".postgresql/root.crt").write_text("")
    assert secured({"host": "server"})["sslmode"] == "verify-full"
    with pytest.raises(EnvironmentFailure, match="is not known"):
        secured({"host": "server", "sslmode": "full"})


@dataclass
class Says:
    server_version: int
    encoding: str | None

    def parameter_status(self, _name: str, /) -> str | None:
        return self.encoding


@pytest.mark.parametrize(
    ("version", "encoding", "words"),
    [(120022, "UTF8", "PostgreSQL 12"), (130000, "LATIN1", "LATIN1"), (150000, "SQL_ASCII", "SQL_ASCII")],
)
def test_an_old_server_or_other_letters_are_refused(version, encoding, words):
    with pytest.raises(EnvironmentFailure, match=words):
        fit_or_refused(Says(version, encoding))
    fit_or_refused(Says(130000, "UTF8"))
    fit_or_refused(Says(170002, None))


def test_a_database_of_other_letters_is_refused_by_its_line(postgres_server):
    with postgres_server.connect("postgres", "admin") as admin:
        admin.execute(
            "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0 OWNER clinic_owner"
        )
    with pytest.raises(EnvironmentFailure, match="LATIN1"):
        open_store(postgres_server.address("latin", postgres.OWNER), make=True)
    postgres_server.drop("latin")


def test_no_extension_is_used_and_no_superuser_needed(postgres_store, owned):
    assert owned.run("SELECT extname FROM pg_extension") == [("plpgsql",)]
    assert owned.one("SELECT NOT rolsuper FROM pg_roles WHERE rolname = current_user")


def test_certificates_are_held_against_the_root(tls, root, tmp_path, monkeypatch):
    """The right one, an unknown one, an expired one, another name's; none lets a password out."""
    monkeypatch.setenv("PGPASSWORD", "hush-hush-77")
    safe = {"sslmode": "verify-full", "sslrootcert": str(root)}
    open_store(tls.address(**safe)).close()

    stranger = tmp_path / "stranger.crt"
    stranger.write_bytes(pem(Authority.make("stranger").certificate))
    for changed, until, at, words in (
        ({"sslrootcert": str(stranger)}, DAY, "127.0.0.1", "not signed by the root certificate"),
        ({}, -DAY, "127.0.0.1", "has expired"),
        ({}, DAY, "127.0.0.2", "made out to another name"),
        ({"sslrootcert": str(tmp_path / "none.crt")}, DAY, "127.0.0.1", "cannot be read here"),
    ):
        tls.serve(NOW + until, at)
        tls.reload()
        with pytest.raises(EnvironmentFailure, match=words) as told:
            open_store(tls.address(**(safe | changed)))
        assert "hush" not in str(told.value)
    tls.serve()
    tls.reload()


def test_a_password_is_asked_for_used_and_shown_nowhere(tls, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    address = tls.address(sslmode="require")
    with pytest.raises(server_password.PasswordWanted, match="has none for it") as none:
        open_store(address)
    account = none.value.account
    assert account == account_of(address)
    server_password.use(account, "hush-hush-78")
    with pytest.raises(server_password.PasswordWanted, match="did not accept") as wrong:
        open_store(address)
    server_password.use(account, "hush-hush-77")
    connect = connector(address)
    store = open_store(address)
    settings.remember_clinic(store.where)
    kept = settings.home() / "computer.json"
    chain: list[BaseException | None] = [none.value, wrong.value]
    while chain:
        one = chain.pop()
        if one is not None:
            assert "hush" not in f"{one} {one!r} {one.args} {vars(one)}"
            chain += [one.__cause__, one.__context__]
    shown = (str(store.where), repr(connect), repr(store.engine), kept.read_text(), caplog.text, str(account))
    assert not [one for one in shown if "hush" in one]
    with store.read() as records:
        assert records.rows("SELECT change_number FROM head") == [(0,)]
    store.close()


def test_the_keyring_is_asked_once_and_a_broken_one_stops_nobody(monkeypatch):
    keyring = pytest.importorskip("keyring")
    account = server_password.Account("desk", "server", "clinic")
    asked = []
    monkeypatch.setattr(server_password, "has_keyring", lambda: True)
    monkeypatch.setattr(keyring, "get_password", lambda *one: asked.append(one) or "from the keyring")
    assert server_password.password(account) == server_password.password(account) == "from the keyring"
    assert asked == [(server_password.SERVICE, "desk@server/clinic")]

    def broken(*_):
        raise RuntimeError("no bus")

    monkeypatch.setattr(keyring, "get_password", broken)
    monkeypatch.setattr(keyring, "set_password", broken)
    server_password.forget(account)
    assert server_password.password(account) is None
    assert not server_password.keep(account, "typed")
    assert server_password.password(account) == "typed"


def test_a_backup_signs_in_as_the_desk_does(tls, root, tmp_path, monkeypatch):
    """pg_dump gets the password and the encryption of our own line, and neither on its command line."""
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path / "home"))
    address = tls.address(sslmode="verify-full", sslrootcert=str(root))
    monkeypatch.setattr(server_password, "has_keyring", lambda: False)
    server_password.use(account_of(address), "hush-hush-77")
    with closing(open_store(address)) as store:
        assert back_up(store).facts.findings == ()
    server_password.forget(account_of(address))
    assert told_besides("postgresql://desk@db.clinic.lan/clinic") == {"PGSSLMODE": "require"}
