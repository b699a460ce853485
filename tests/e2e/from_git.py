"""The history of a profile in a git repository becomes a history of scores, whatever happened to it there."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

annexa, work = sys.argv[1], Path(sys.argv[2]) / "from-git"
work.mkdir()
# Nothing of the user's configuration, but much that could mislead whoever reads a log.
config = work / "config"
config.write_text(
    "[user]\nname = N\nemail = n@example.org\n[log]\nshowSignature = true\nshowRoot = false\ndate = relative\n"
    "[diff]\nrenames = false\nexternal = false\n[core]\nquotePath = true\npager = false\n[color]\nui = always\n"
    "[init]\ndefaultBranch = main\n[protocol \"file\"]\nallow = always\n"
)
environment = {**os.environ, "GIT_CONFIG_GLOBAL": str(config), "GIT_CONFIG_SYSTEM": "/dev/null", "TZ": "Asia/Tokyo"}


def git(*args, at=None, author=None, cwd=None):
    env = dict(environment)
    if at:
        env["GIT_COMMITTER_DATE"] = at
        env["GIT_AUTHOR_DATE"] = author or at
    command = ["git", "-c", "commit.gpgSign=false", *args]
    done = subprocess.run(command, cwd=cwd or repo, env=env, capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def run(*args, cwd=None, code=0, env=None):
    command = [annexa, "history", *args]
    done = subprocess.run(command, cwd=cwd or repo, env=env or environment, capture_output=True, text=True)
    assert done.returncode == code, (command, done.returncode, done.stdout, done.stderr)
    assert "\x1b" not in done.stdout + done.stderr, (command, done.stdout, done.stderr)
    return done.stdout, done.stderr


def listed(db, **options):
    return json.loads(run("list", "--db", str(db), "--format", "json", **options)[0])


HEAD = """organization = { name = 'Contoso', tenant = 'contoso.example' }
assessment = [{ template = 'microsoft-cloud/iso-27001-2022' }]
service = [{ id = 'office-365' }]
"""


def action(name, **keys):
    lines = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return f"\n[[action]]\nid = '{name}'\nimplementation = 'implemented'\n{lines}"


def evidence(digest):
    return f"\n[[evidence]]\nid = 'proof'\ntitle = 'Proof'\npath = 'proof/a b.txt'\nsha256 = '{digest}'\n"


actions = [line.split(",")[0] for line in subprocess.run(
    [annexa, "library", "list", "actions", "--format", "csv"], capture_output=True, text=True, check=True
).stdout.splitlines()[1:20]]
one, two, three, four = (a for a in actions[:4])

repo = work / "repo"
repo.mkdir()
git("init", "-q")
folder = repo / "tenants"
folder.mkdir()
profile = folder / "--contoso ü.toml"
count = 0


def commit(message, at, text=None, author=None, **files):
    global count
    if text is not None:
        profile.write_text(text)
    git("add", "--all")
    git("commit", "-q", "--cleanup=verbatim", "--allow-empty", "-m", message, at=at, author=author)
    count += 1
    return git("rev-parse", "HEAD").strip()


good = []
# 1: on New Year's Eve in UTC, though the year had begun where it was committed.
good.append((commit("the \"first\" 'version'", "2020-01-01T01:30:00+0900", HEAD), "2019-12-31"))
# 2: an action, with proof.
proof = folder / "proof" / "a b.txt"
proof.parent.mkdir()
proof.write_text("first\n")
digest = hashlib.sha256(b"first\n").hexdigest()
linked = action(one, evidence="['proof']")
good.append((commit("--dashes\n\nand a body", "2020-02-01T12:00:00Z", HEAD + linked + evidence(digest)), "2020-02-01"))
# 3: the file of the proof changes, and the profile with it.
proof.write_text("second\n")
digest = hashlib.sha256(b"second\n").hexdigest()
good.append((commit("\x1b[31mred\x07", "2020-03-01T12:00:00Z", HEAD + linked + evidence(digest)), "2020-03-01"))
# 4: not a profile any more.
broken = commit("broken", "2020-03-10T12:00:00Z", HEAD + "\n[[action]]\nid = 'nonsense'\ncolour = 1\n")
# 5, 6: repaired, twice on one day, there and back.
good.append((commit("repaired", "2020-04-01T10:00:00Z", HEAD + linked + evidence(digest) + action(two)), "2020-04-01"))
good.append((commit("undone", "2020-04-01T11:00:00Z", HEAD + linked + evidence(digest)), "2020-04-01"))
good.append((commit("repaired", "2020-04-01T12:00:00Z", HEAD + linked + evidence(digest) + action(two)), "2020-04-01"))
# 7: something else changes: no version of the profile.
(repo / "README").write_text("hello\n")
commit("something else", "2020-04-15T12:00:00Z")
# 8: another name.
old, profile = profile, folder / "contoso ü.toml"
git("mv", str(old), str(profile))
good.append((commit("renamed", "2020-05-01T12:00:00Z"), "2020-05-01"))
# 9: deleted, and 10: back.
text = profile.read_text()
profile.unlink()
deleted = commit("deleted", "2020-06-01T12:00:00Z")
good.append((commit("back", "2020-07-01T12:00:00Z", text), "2020-07-01"))
# 11: the proof is another file, and the profile does not know it.
proof.write_text("third\n")
altered = commit("altered proof", "2020-08-01T12:00:00Z", text + "# a comment\n")
proof.write_text("second\n")
# 12: Latin-1.
profile.write_bytes(text.encode() + "# Müller\n".encode("latin-1"))
latin = commit("latin", "2020-09-01T12:00:00Z")
good.append((commit("utf-8", "2020-09-02T12:00:00Z", text, author="2018-09-02T12:00:00Z"), "2020-09-02"))
# 13, 14 and their merge: two branches change it, and the merge is neither; then a merge that changes nothing.
git("checkout", "-q", "-b", "side")
good.append((commit("on the side", "2020-10-01T12:00:00Z", text + action(three)), "2020-10-01"))
git("checkout", "-q", "main")
good.append((commit("on main", "2020-10-02T12:00:00Z", text.replace("name = 'Contoso'", "name = 'Contoso Ltd'")), "2020-10-02"))
git("merge", "-q", "--no-ff", "-m", "merge both", "side", at="2020-10-03T12:00:00Z")
good.append((git("rev-parse", "HEAD").strip(), "2020-10-03"))
git("checkout", "-q", "-b", "other")
good.append((commit("on another side", "2020-11-01T12:00:00Z", profile.read_text() + action(four)), "2020-11-01"))
git("checkout", "-q", "main")
(repo / "README").write_text("hello again\n")
commit("the README", "2020-11-02T12:00:00Z")
git("merge", "-q", "--no-ff", "-m", "merge one", "other", at="2020-11-03T12:00:00Z")
# Too large, and a link.
profile.write_text("#" * (17 << 20))
large = commit("large", "2020-12-01T12:00:00Z")
profile.unlink()
profile.symlink_to("other.toml")
link = commit("link", "2020-12-02T12:00:00Z")
profile.unlink()
good.append((commit("last", "2020-12-31T23:59:59-0100", text + action(three)), "2021-01-01"))

skipped = {
    broken: "nonsense", deleted: "deleted", altered: "not the file that was recorded", latin: "not UTF-8",
    large: "larger than 16 MiB", link: "not a file",
}
name = "tenants/contoso ü.toml"
db = folder / ".annexa" / "history.db"

# What would be recorded, and nothing is.
out, err = run("from-git", "--profile", name, "--dry-run")
assert out.count("would record commit") == len(good), out
assert not db.exists()

out, err = run("from-git", "--profile", name)
lines = out.splitlines()
assert lines[-1].startswith(f"{len(good)} recorded, 0 unchanged, {len(skipped)} skipped: "), out
assert len(lines) == len(good) + 1, out
for (commit_id, day), line in zip(good, lines):
    assert f"commit {commit_id[:12]} as of {day} `" in line, (line, commit_id, day)
complaints = err.splitlines()
assert len(complaints) == len(skipped), err
for (commit_id, why), line in zip(skipped.items(), complaints):
    assert line.startswith(f"skipped commit {commit_id[:12]} as of 2020-") and why in line, (line, why)
assert "(and 1 more)" in complaints[0] and "contoso ü.toml:6:6: no improvement action" in complaints[0], complaints[0]

rows = listed(db)
assert [(r["commit"], r["as_of"]) for r in rows] == good, rows
assert rows[0]["subject"] == "the \"first\" 'version'" and rows[1]["subject"] == "--dashes", rows[:2]
assert rows[2]["subject"] == "\x1b[31mred\x07", rows[2]
# Each is what `annexa score` says of the version at its date.
for row in rows:
    inside = git("ls-tree", "-r", "-z", "--name-only", row["commit"]).split("\0")
    path = next(p for p in inside if p.endswith("contoso ü.toml"))
    there = work / row["commit"]
    git("worktree", "add", "-q", "--detach", str(there), row["commit"])
    command = [annexa, "score", str(there / path), "--as-of", row["as_of"], "--format", "json"]
    expected = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert run("show", row["id"], "--db", str(db), "--format", "json")[0] == expected, row
    git("worktree", "remove", "--force", str(there))
assert "Everything holds" in run("verify", "--db", str(db))[0]

# Again: nothing is added; from another folder, by another name of the place, from a hook, with another date.
unchanged = f"0 recorded, {len(good)} unchanged, {len(skipped)} skipped: "
assert run("from-git", "--profile", name)[0].startswith(unchanged)
assert run("from-git", "--profile", name, "--dry-run")[0].startswith("0 would be recorded, " + unchanged[len("0 recorded, "):])
assert run("from-git", "--profile", "contoso ü.toml", cwd=folder)[0].startswith(unchanged)
assert run("from-git", str(repo), "--profile", str(profile), cwd=work)[0].startswith(unchanged)
assert run("from-git", "repo/tenants", "--profile", "./../tenants/contoso ü.toml", cwd=work)[0].startswith(unchanged)
hooked = {**environment, "GIT_DIR": "/nowhere", "GIT_INDEX_FILE": "/nowhere/index", "GIT_GLOB_PATHSPECS": "1"}
assert run("from-git", "--profile", name, env=hooked)[0].startswith(unchanged)
assert run("from-git", "--quiet", "--profile", name)[1] == ""
out, _ = run("from-git", "--profile", name, "--date", "author", "--db", "author.db")
assert {r["as_of"] for r in listed(repo / "author.db")} >= {"2018-09-02"}
assert run("from-git", "--profile", name, "--rev", "main~1", "--db", "older.db")[0].count("recorded commit") == len(good) - 1

# Another library is another score.
library = work / "library"
subprocess.run([annexa, "library", "export", str(library)], check=True, capture_output=True)
out, _ = run("from-git", "--profile", name, "--no-builtin", "--library", str(library), "--db", str(db))
assert out.splitlines()[-1].startswith(f"{len(good)} recorded, 0 unchanged"), out

# Two at once.
both = [subprocess.Popen([annexa, "history", "from-git", "--profile", name, "--db", "both.db", "--quiet"], cwd=repo,
                         env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
said = [p.communicate()[0].splitlines()[-1].split() for p in both]
assert all(p.returncode == 0 for p in both)
assert sum(int(s[0]) for s in said) == len(good) and sum(int(s[2]) for s in said) == len(good), said
assert "Everything holds" in run("verify", "--db", "both.db")[0]

# A file that `git-lfs` keeps: its pointer names the digest.
lfs = work / "lfs"
lfs.mkdir()
git("init", "-q", cwd=lfs)
(lfs / "proof").mkdir()
pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 7\n"
(lfs / "proof" / "a b.txt").write_text(pointer)
(lfs / "tenant.toml").write_text(HEAD + linked + evidence(digest))
git("add", "--all", cwd=lfs)
git("commit", "-q", "-m", "pointer", at="2021-01-01T12:00:00Z", cwd=lfs)
# A link to the proof holds; one that leads out of the folder does not.
(lfs / "proof" / "real.txt").write_text("second\n")
(lfs / "proof" / "a b.txt").unlink()
(lfs / "proof" / "a b.txt").symlink_to("real.txt")
(lfs / "tenant.toml").write_text(HEAD + linked + evidence(digest) + "# 2\n")
git("add", "--all", cwd=lfs)
git("commit", "-q", "-m", "link inside", at="2021-02-01T12:00:00Z", cwd=lfs)
(lfs / "proof" / "a b.txt").unlink()
(lfs / "proof" / "a b.txt").symlink_to("/etc/hostname")
(lfs / "tenant.toml").write_text(HEAD + linked + evidence(digest) + "# 3\n")
git("add", "--all", cwd=lfs)
git("commit", "-q", "-m", "link outside", at="2021-03-01T12:00:00Z", cwd=lfs)
out, err = run("from-git", "--profile", "tenant.toml", cwd=lfs)
assert out.splitlines()[-1].startswith("2 recorded, 0 unchanged, 1 skipped") and "a link leads out" in err, (out, err)

# What a repository names is not run: not a monitor of files, not a differ, not a filter, not a pager.
trap = work / "trap"
for key in ["core.fsmonitor", "core.pager", "diff.external", "diff.x.textconv", "filter.x.clean", "gpg.program"]:
    git("config", key, f"touch '{trap}'")
(repo / ".git" / "info" / "attributes").write_text("*.toml diff=x filter=x\n")
out, _ = run("from-git", "--profile", name, "--db", "trap.db")
assert out.splitlines()[-1].startswith(f"{len(good)} recorded"), out
assert not trap.exists()

# What cannot be used.
_, err = run("from-git", "--profile", "tenants/contoso u.toml", code=2)
assert "`tenants/contoso ü.toml`" in err, err
_, err = run("from-git", "--profile", "contoso ü.toml", "--db", "x.db", code=2)
assert "there is `tenants/contoso ü.toml`" in err, err
_, err = run("from-git", "--profile", ":(glob)**/*.toml", "--db", "x.db", code=2)
for rev in ["nowhere", "--all", "HEAD^{tree}", "HEAD; touch x", ""]:
    _, err = run("from-git", "--profile", name, f"--rev={rev}", code=2)
    assert "is no commit" in err, err
_, err = run("from-git", str(work), "--profile", name, "--db", "x.db", code=2)
assert "lies in no git repository" in err, err
_, err = run("from-git", str(work / "none"), "--profile", name, code=2)
assert "is no folder" in err, err
_, err = run("from-git", "--profile", "../../x.toml", "--db", "x.db", code=2)
assert "outside the repository" in err, err
_, err = run("from-git", "--profile", "/etc/hostname", "--db", "x.db", code=2)
assert "outside the repository" in err, err
_, err = run("from-git", "--profile", "gone/x.toml", code=2)
assert "--db" in err, err
_, err = run("from-git", "--profile", "README", "--db", "x.db", code=2)
assert "no version of `README` can be scored" in err and err.count("skipped commit") == 2, err
assert not (repo / "x.db").exists(), "nothing was recorded, and no store is made"
_, err = run("from-git", "--profile", name, code=3, env={**environment, "PATH": "/nowhere"})
assert "no program `git`" in err, err

# A shallow clone says so; a bare one needs a place for the history; an empty one has nothing.
git("clone", "-q", "--depth", "3", f"file://{repo}", str(work / "shallow"), cwd=work)
out, err = run("from-git", "--profile", name, cwd=work / "shallow")
assert "git fetch --unshallow" in err, err
git("clone", "-q", "--bare", str(repo), str(work / "bare.git"), cwd=work)
_, err = run("from-git", "--profile", name, cwd=work / "bare.git", code=2)
assert "--db" in err, err
out, _ = run("from-git", "--profile", name, "--db", str(work / "bare.db"), cwd=work / "bare.git")
assert out.splitlines()[-1].startswith(f"{len(good)} recorded"), out
git("init", "-q", str(work / "empty"), cwd=work)
_, err = run("from-git", "--profile", "a.toml", cwd=work / "empty", code=2)
assert "`HEAD` is no commit" in err, err
print(f"from git: {len(good)} versions of {count} commits recorded, as each was")
