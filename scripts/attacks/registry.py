"""A sparse registry on a port of this machine, with made-up crates, and with whatever may be wrong with one."""

import dataclasses
import gzip
import hashlib
import http.server
import io
import json
import socketserver
import tarfile
import threading


def as_bytes(content):
    return content.encode() if isinstance(content, str) else content


@dataclasses.dataclass
class Crate:
    """A crate to publish. `packed` and `claimed` take the place of its package and of the checksum in the index."""

    name: str
    version: str = "1.0.0"
    files: dict = dataclasses.field(default_factory=dict)
    license: str | None = "MIT"
    package: str = ""
    dependencies: dict = dataclasses.field(default_factory=dict)
    packed: bytes | None = None
    claimed: str | None = None
    line: dict = dataclasses.field(default_factory=dict)

    def manifest(self):
        """Its `Cargo.toml`."""
        declared = "" if self.license is None else f"license = {json.dumps(self.license)}\n"
        needs = "".join(f'{name} = "{requirement}"\n' for name, requirement in self.dependencies.items())
        head = f'[package]\nname = "{self.name}"\nversion = "{self.version}"\nedition = "2021"\n'
        return f"{head}{declared}{self.package}\n[dependencies]\n{needs}"

    def all_files(self):
        """Everything in it, by path."""
        return {"Cargo.toml": self.manifest(), "src/lib.rs": "", **self.files}

    def archive(self):
        """What is downloaded."""
        if self.packed is not None:
            return self.packed
        return packed(self.all_files(), f"{self.name}-{self.version}")

    def index_line(self, archive):
        """Its line of the index."""
        needs = [
            dict(name=name, req=requirement, features=[], optional=False, default_features=True, target=None, kind="normal")
            for name, requirement in self.dependencies.items()
        ]
        checksum = self.claimed or hashlib.sha256(archive).hexdigest()
        line = dict(name=self.name, vers=self.version, deps=needs, cksum=checksum, features={}, yanked=False)
        return json.dumps({**line, **self.line}) + "\n"


def packed(files, folder):
    """A package of these files."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path, content in files.items():
            content = as_bytes(content)
            entry = tarfile.TarInfo(f"{folder}/{path}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return gzip.compress(written.getvalue(), 1, mtime=0)


@dataclasses.dataclass
class Answer:
    """What is answered: a body, or pieces of one that may take their time. `length` is what is claimed of it."""

    status: int = 200
    body: object = b""
    headers: dict = dataclasses.field(default_factory=dict)
    length: int | None = None


class Registry:
    """Answers until this program ends. `fault(path, token)` may answer in its place."""

    def __init__(self, crates=(), token=None, own=False):
        self.files, self.asked, self.fault, self.token, self.own = {}, [], None, token, own
        self.server = Server(self)
        self.port = self.server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.index = f"sparse+{self.address}/"
        self.configure(dl=f"{self.address}/dl", **({"auth-required": True} if token else {}))
        for crate in crates:
            self.publish(crate)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def configure(self, **config):
        """Says where packages are."""
        self.files["/config.json"] = json.dumps(config).encode()

    def publish(self, crate):
        """Adds a version of a crate."""
        archive = crate.archive()
        path = index_path(crate.name)
        self.files[path] = self.files.get(path, b"") + crate.index_line(archive).encode()
        self.files[f"/dl/{crate.name}/{crate.version}/download"] = archive

    def in_place_of_crates_io(self):
        """The lines of cargo's configuration that put it in the place of cargo's default."""
        return f'[source.crates-io]\nreplace-with = "stand-in"\n[source.stand-in]\nregistry = "{self.index}"\n'

    def named(self, name):
        """The lines of cargo's configuration that give it a name."""
        return f'[registries.{name}]\nindex = "{self.index}"\n'

    def paths(self, since=0):
        """What was asked for, from the so-manieth request on."""
        return [path for path, _ in self.asked[since:]]

    def answer(self, path, token):
        self.asked.append((path, token))
        answer = self.fault(path, token) if self.fault else None
        if answer is not None:
            return answer
        if self.token and token != self.token:
            return Answer(401, b"who is there?")
        return Answer(200, self.files[path]) if path in self.files else Answer(404)


def index_path(name):
    """Where the index keeps a crate, by the length of its name."""
    name = name.lower()
    folder = {1: "1", 2: "2", 3: f"3/{name[0]}"}.get(len(name), f"{name[:2]}/{name[2:4]}")
    return f"/{folder}/{name}"


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """A thread a request; none of them keeps this program from ending."""

    daemon_threads, block_on_close, request_queue_size = True, False, 256

    def __init__(self, registry):
        self.registry = registry
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, request, client_address):
        """A client that goes away is none of our business."""


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers what the registry says, in as few writes as there are pieces."""

    def do_GET(self):
        answer = self.server.registry.answer(self.path, self.headers.get("Authorization"))
        pieces = [answer.body] if isinstance(answer.body, bytes) else answer.body
        length = answer.length
        if length is None and isinstance(answer.body, bytes):
            length = len(answer.body)
        headers = {"Connection": "close", **({} if length is None else {"Content-Length": str(length)}), **answer.headers}
        head = f"HTTP/1.1 {answer.status} Answer\r\n" + "".join(f"{key}: {value}\r\n" for key, value in headers.items())
        self.close_connection = True
        sent = (head + "\r\n").encode("latin-1")
        if isinstance(answer.body, bytes):
            self.connection.sendall(sent + answer.body)
            return
        self.connection.sendall(sent)
        for piece in pieces:
            self.connection.sendall(piece)

    def log_message(self, *words):
        """What was asked is in `asked`."""
