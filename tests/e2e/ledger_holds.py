"""Others agree on the log: pymerkle on roots and proofs, sigstore on checkpoints and proofs, PyCA on signatures."""

import base64
import hashlib
import json
import random
import subprocess
import sys
from types import SimpleNamespace

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pymerkle import InmemoryTree
from sigstore._internal.merkle import verify_merkle_inclusion
from sigstore._internal.rekor.checkpoint import SignedCheckpoint
from sigstore.errors import VerificationError

SIZE = 70
chance = random.Random(6962)
records = [chance.randbytes(chance.randrange(200)) for _ in range(SIZE)]
tree = InmemoryTree(algorithm="sha256")
tree.append_entries(records)


def b64(data):
    return base64.b64encode(data).decode()


def key_id(name, public):
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def proof_text(index, path, checkpoint):
    lines = ["c2sp.org/tlog-proof@v1", f"index {index}", *(b64(h) for h in path), "", checkpoint]
    return "\n".join(lines)


# What they make, for us to judge: a proof that holds, and three that do not.
their_name = "example.org/theirs"
their_key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
their_public = their_key.public_key().public_bytes_raw()
their_id = key_id(their_name, their_public)


def their_checkpoint(size, root, key=their_key):
    text = f"{their_name}\n{size}\n{b64(root)}\n"
    return f"{text}\n— {their_name} {b64(their_id + key.sign(text.encode()))}\n"


stranger = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
path = tree.prove_inclusion(24, SIZE).path[1:]
signed = their_checkpoint(SIZE, tree.get_root())
theirs = [
    (records[23], proof_text(23, path, signed)),
    (records[22], proof_text(23, path, signed)),
    (records[23], proof_text(23, path, signed.replace(f"\n{SIZE}\n", f"\n{SIZE + 1}\n"))),
    (records[23], proof_text(23, path, their_checkpoint(SIZE, tree.get_root(), stranger))),
]
expected = [
    "",
    "the proof leads to another root",
    f"the signature of {their_name} does not fit the text",
    f"the signature of {their_name} does not fit the text",
]

name, seed = "example.com/annexa", chance.randbytes(32)
asked = {
    "name": name,
    "random": list(seed),
    "records": [list(r) for r in records],
    "key": f"{their_name}+{their_id.hex()}+{b64(bytes([1]) + their_public)}",
    "proofs": [{"record": list(record), "proof": proof} for record, proof in theirs],
}
done = subprocess.run([sys.argv[1]], input=json.dumps(asked).encode(), check=True, capture_output=True)
told = json.loads(done.stdout)
assert told["judged"] == expected, told["judged"]

def consistency(old, new):
    """pymerkle's proof in the form of the RFC. Where the old tree ends between two subtrees, pymerkle goes down to the
    first leaf right of it, and the RFC takes all that lies there as one hash, after the one left of it."""
    if old == new:
        return []
    proof = tree.prove_consistency(old, new)
    (right, *path), last = proof.path, proof.subset.index(1)
    for further in path[: last - 1]:
        right = tree.hash_pair(right, further)
    left, *rest = path[last - 1 :]
    whole = old & (old - 1) == 0  # then the hash to the left is the old root, which nobody has to send
    return [right, *rest] if whole else [left, right, *rest]


# Roots and both kinds of proof, of every size. A path of pymerkle's starts with the hash of the leaf itself.
assert [base64.b64decode(r) for r in told["roots"]] == [tree.get_root(n) for n in range(1, SIZE + 1)]
for index, size, path in told["inclusion"]:
    assert [base64.b64decode(h) for h in path] == tree.prove_inclusion(index + 1, size).path[1:], (index, size)
for old, new, path in told["consistency"]:
    assert [base64.b64decode(h) for h in path] == consistency(old, new), (old, new)
assert len(told["inclusion"]) == len(told["consistency"]) == SIZE * (SIZE + 1) // 2

# The keys, by their definition and with the Ed25519 of OpenSSL.
key = Ed25519PrivateKey.from_private_bytes(seed)
public = key.public_key().public_bytes_raw()
ident = key_id(name, public)
assert told["verifier"] == f"{name}+{ident.hex()}+{b64(bytes([1]) + public)}"
assert told["secret"] == f"PRIVATE+KEY+{name}+{ident.hex()}+{b64(bytes([1]) + seed)}"

# The checkpoint, as sigstore reads it.
signed = SignedCheckpoint.from_text(told["checkpoint"])
state, (signature,) = signed.checkpoint, signed.signed_note.signatures
assert (state.origin, state.log_size, state.log_hash) == (name, SIZE, tree.get_root().hex())
assert (signature.name, signature.sig_hash) == (name, ident)
text, raw = signed.signed_note.note.encode(), base64.b64decode(signature.signature)
Ed25519PublicKey.from_public_bytes(public).verify(raw, text)
try:
    Ed25519PublicKey.from_public_bytes(public).verify(raw, text.replace(b"\n70\n", b"\n71\n"))
    raise AssertionError("another text is signed too")
except InvalidSignature:
    pass

def included(index, record, hashes):
    """Whether sigstore finds the record proved, as it would one of its own log."""
    root = bytes.fromhex(state.log_hash)
    proof = SimpleNamespace(log_index=index, tree_size=state.log_size, hashes=hashes, root_hash=root)
    entry = SimpleNamespace(_inner=SimpleNamespace(inclusion_proof=proof, canonicalized_body=record))
    try:
        verify_merkle_inclusion(entry)
    except VerificationError:
        return False
    return True


# The proofs that an auditor gets.
for index, proof in enumerate(told["proofs"]):
    head, checkpoint = proof.split("\n\n", 1)
    form, place, *path = head.split("\n")
    assert (form, place, checkpoint) == ("c2sp.org/tlog-proof@v1", f"index {index}", told["checkpoint"])
    hashes = [base64.b64decode(h) for h in path]
    assert included(index, records[index], hashes), index
    assert not included(index, records[index] + b"!", hashes), index

print(f"ledger: {SIZE} roots, {len(told['inclusion'])} proofs of each kind, {SIZE} proof texts, 1 checkpoint")
