"""Others agree on what the program seals and proves of a real history: pymerkle on the tree, sigstore on checkpoints and
inclusion, PyCA on signatures; and the program on what they seal."""

import base64
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pymerkle import InmemoryTree, verify_consistency
from sigstore._internal.merkle import verify_merkle_inclusion
from sigstore._internal.rekor.checkpoint import SignedCheckpoint

annexa, work = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2], "seals")
cases = Path("tests/cases").resolve()
work.mkdir()
profile = (cases / "diff/nothing/before.toml").read_bytes()
(work / "tenant.toml").write_bytes(profile)
NAME = "example.com/seals"


def run(*args, code=0):
    done = subprocess.run([annexa, "history", *args], cwd=work, capture_output=True)
    assert done.returncode == code, (args, done)
    return done.stdout.decode()


def record(day):
    library = ["--no-builtin", "--library", str(cases / "migrate-library")]
    run("record", "tenant.toml", "--as-of", day, "--note", 'Prüfung "eins"\nund zwei \x1b\x7f', *library)


def b64(data):
    return base64.b64encode(data).decode()


for day in ["2022-06-01", "2022-07-01", "2022-08-01"]:
    record(day)
verifier = run("keygen", "--name", NAME, "-o", "seals.key").strip()
three = run("seal", "--key", "seals.key")
(work / "three.txt").write_text(three)
for day in ["2022-09-01", "2022-10-01"]:
    record(day)
five = run("seal", "--key", "seals.key")
(work / "five.txt").write_text(five)
told = run("verify", "--checkpoint", "three.txt", "five.txt", "--verifier", verifier)
assert f"Extends three.txt: 3 leaves of {NAME}" in told and f"Extends five.txt: 5 leaves of {NAME}" in told, told

# The leaves, from the export alone: the identity as JSON without blanks, in the order in which it stands there.
lines = [json.loads(line) for line in run("export").splitlines()]
snapshots = [line for line in lines if line["kind"] == "snapshot"]
leaves = [json.dumps(s["identity"], separators=(",", ":"), ensure_ascii=False).encode() for s in snapshots]
hashes = [hashlib.sha256(b"\0" + leaf).hexdigest() for leaf in leaves]
listed = json.loads(run("list", "--format", "json"))
assert [row["id"] for row in listed] == [h[:12] for h in hashes] and len(hashes) == 5
for s in snapshots:
    assert s["identity"]["profile"] == hashlib.sha256(profile).hexdigest()
    assert s["identity"]["result"] == hashlib.sha256(s["result"].encode()).hexdigest()

# Both checkpoints, by the tree of others, with a key that is as its definition says.
tree = InmemoryTree(algorithm="sha256")
tree.append_entries(leaves)
name, ident, key = verifier.split("+", 2)
public = base64.b64decode(key)[1:]
assert (name, ident) == (NAME, hashlib.sha256(name.encode() + b"\n\x01" + public).hexdigest()[:8])
for size, text in [(3, three), (5, five)]:
    signed = SignedCheckpoint.from_text(text)
    state, (signature,) = signed.checkpoint, signed.signed_note.signatures
    assert (state.origin, state.log_size, state.log_hash) == (NAME, size, tree.get_root(size).hex())
    assert (signature.name, signature.sig_hash.hex()) == (NAME, ident)
    raw = base64.b64decode(signature.signature)
    Ed25519PublicKey.from_public_bytes(public).verify(raw, signed.signed_note.note.encode())
verify_consistency(tree.get_root(3), tree.get_root(5), tree.prove_consistency(3, 5))
assert hashlib.sha256(b"").hexdigest() != tree.get_root(5).hex() and tree.get_root(5).hex() in told

# The proofs, under the checkpoint of three and under a new one.
for index, under in [(1, ["--checkpoint", "three.txt"]), (4, ["--key", "seals.key"]), (0, ["--checkpoint", "five.txt"])]:
    proof = run("prove", hashes[index], *under)
    head, checkpoint = proof.split("\n\n", 1)
    form, extra, place, *path = head.split("\n")
    assert (form, extra, place) == ("c2sp.org/tlog-proof@v1", f"extra {b64(leaves[index])}", f"index {index}")
    state = SignedCheckpoint.from_text(checkpoint).checkpoint
    inclusion = SimpleNamespace(
        log_index=index,
        tree_size=state.log_size,
        hashes=[base64.b64decode(h) for h in path],
        root_hash=tree.get_root(state.log_size),
    )
    verify_merkle_inclusion(SimpleNamespace(_inner=SimpleNamespace(inclusion_proof=inclusion, canonicalized_body=leaves[index])))
    (work / "proof.txt").write_text(proof)
    (work / "result.json").write_bytes(snapshots[index]["result"].encode())
    files = ["--profile", "tenant.toml", "--result", "result.json"]
    proved = json.loads(run("check-proof", "proof.txt", "--verifier", verifier, *files, "--format", "json"))
    assert (proved["leaf"], proved["index"], proved["size"]) == (hashes[index], index, state.log_size)
    assert proved["identity"] == snapshots[index]["identity"]

# What others seal: the root of their tree, which the history extends, and another root, which it does not.
theirs = Ed25519PrivateKey.generate()
public = theirs.public_key().public_bytes_raw()
ident = hashlib.sha256(b"example.org/theirs\n\x01" + public).digest()[:4]
for root, code in [(tree.get_root(3), 0), (tree.get_root(2), 2)]:
    text = f"example.org/theirs\n3\n{b64(root)}\n"
    line = f"— example.org/theirs {b64(ident + theirs.sign(text.encode()))}\n"
    (work / "theirs.txt").write_text(f"{text}\n{line}")
    their_key = f"example.org/theirs+{ident.hex()}+{b64(bytes([1]) + public)}"
    run("verify", "--checkpoint", "theirs.txt", "--verifier", their_key, code=code)

print("seals: 2 checkpoints and 3 proofs of a history hold elsewhere, and 1 checkpoint of others here")
