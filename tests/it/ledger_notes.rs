//! Signed notes, checkpoints and proofs as text: examples of others, files word for word, and what is refused.

use crate::support::{cases, differs, none};
use annexa::ledger::{Checkpoint, Hash, LogProof, Note, Rejection, SignerKey, Tree, VerifierKey, leaf_hash};
use proptest::prelude::*;

/// The example of C2SP `signed-note`.
const EXAMPLE_KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const EXAMPLE: &str = "This is an example message.\n\n\
    — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

/// The example of Go's `note` package.
const GO_SECRET: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const GO_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const GO_TEXT: &str =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const GO_SIGNATURE: &str =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn signer(name: &str, seed: u8) -> SignerKey {
    SignerKey::new(name, [seed; 32]).unwrap()
}

fn tree() -> Tree {
    (0..11_u64).map(|i| leaf_hash(&i.to_be_bytes())).collect()
}

/// The state of a small log, signed by it and by a witness.
fn sealed() -> (Note, VerifierKey) {
    let key = signer("example.com/annexa", 1);
    let tree = tree();
    let mut note = Checkpoint::new("example.com/annexa", tree.size(), tree.root()).unwrap().sign(&key).unwrap();
    note.add_signature(&signer("witness.example", 2)).unwrap();
    (note, key.verifier().clone())
}

fn proof() -> LogProof {
    LogProof::new(6, tree().inclusion_proof(6, 11).unwrap(), sealed().0)
}

#[test]
fn the_examples_of_others_hold() {
    let key: VerifierKey = EXAMPLE_KEY.parse().unwrap();
    let note: Note = EXAMPLE.parse().unwrap();
    assert_eq!(note.verify(std::slice::from_ref(&key)), Ok(vec![&key]));
    assert_eq!((note.text(), note.to_string()), ("This is an example message.\n", EXAMPLE.to_owned()));

    let secret: SignerKey = GO_SECRET.parse().unwrap();
    assert_eq!((secret.secret_text(), secret.verifier().to_string()), (GO_SECRET.to_owned(), GO_KEY.to_owned()));
    assert_eq!(Note::sign(GO_TEXT, &secret).unwrap().to_string(), format!("{GO_TEXT}\n{GO_SIGNATURE}"));
}

#[test]
fn files_are_kept_word_for_word() {
    let (note, key) = sealed();
    let files = [
        ("signer.key", format!("{}\n", signer("example.com/annexa", 1).secret_text())),
        ("verifier.key", format!("{key}\n")),
        ("checkpoint", note.to_string()),
        ("record-6.tlog-proof", proof().to_string()),
        ("record-6-extra.tlog-proof", proof().with_extra(b"2024-03-01".to_vec()).to_string()),
    ];
    let faults: Vec<String> =
        files.iter().filter_map(|(name, text)| differs(&cases("ledger").join(name), text)).collect();
    none(&faults);
    // What was written is read, and still proves what it did.
    let [secret, public, checkpoint, proof, extra] = files.map(|(_, text)| text);
    assert_eq!(secret.parse::<SignerKey>().unwrap().verifier(), &key);
    let known = [public.parse::<VerifierKey>().unwrap()];
    let state = Checkpoint::open(&checkpoint, &known).unwrap();
    assert_eq!((state.origin(), state.size(), *state.root()), ("example.com/annexa", 11, tree().root()));
    let proof: LogProof = proof.parse().unwrap();
    assert_eq!((proof.index(), proof.verify(&tree().leaf(6).unwrap(), &known)), (6, Ok(state)));
    assert_eq!(extra.parse::<LogProof>().unwrap().extra(), Some(&b"2024-03-01"[..]));
}

#[test]
fn a_checkpoint_may_have_further_lines() {
    let key = signer("example.com/annexa", 1);
    let state = Checkpoint::new("example.com/annexa", 0, Hash::of_nothing()).unwrap().with_extension("one").unwrap();
    let text = state.sign(&key).unwrap().to_string();
    assert!(
        text.starts_with("example.com/annexa\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\none\n\n— "),
        "{text}"
    );
    let found = Checkpoint::open(&text, &[key.verifier().clone()]).unwrap();
    assert_eq!((found.extensions(), &found), (&["one".to_owned()][..], &state));
    assert!(state.with_extension("two\nlines").is_err());
}

#[test]
fn a_known_signer_must_have_signed() {
    let (note, key) = sealed();
    let text = note.to_string();
    let witness = signer("witness.example", 2).verifier().clone();
    let stranger = signer("stranger.example", 3).verifier().clone();
    // The same name with another key, which has another id: nobody known.
    let impostor = signer("example.com/annexa", 4).verifier().clone();
    let open = |known: &[&VerifierKey]| {
        let known: Vec<VerifierKey> = known.iter().copied().cloned().collect();
        Checkpoint::open(&text, &known).map(|state| state.size())
    };
    assert_eq!(open(&[&key]), Ok(11));
    assert_eq!(open(&[&stranger, &impostor, &witness, &key]), Ok(11));
    assert_eq!(open(&[]), Err(Rejection::NoKnownSigner));
    assert_eq!(open(&[&stranger, &impostor]), Err(Rejection::NoKnownSigner));
    assert_eq!(open(&[&witness]), Err(Rejection::OtherOrigin { origin: "example.com/annexa".to_owned() }));
    assert_eq!(note.verify(&[witness.clone(), key.clone()]), Ok(vec![&key, &witness]));

    // One known signature that does not fit spoils the note, whatever the others say.
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let forged = text.replace("\n11\n", "\n12\n");
    let wrong = |name: &str| Err(Rejection::WrongSignature { name: name.to_owned() });
    assert_eq!(Checkpoint::open(&forged, std::slice::from_ref(&key)), wrong("example.com/annexa"));
    let other = Note::sign("something else\n", &signer("witness.example", 2)).unwrap().to_string();
    let spoiled = [&lines[..5], &[other.lines().last().unwrap(), "\n"]].concat().concat();
    assert_eq!(Checkpoint::open(&spoiled, &[key.clone(), witness]), wrong("witness.example"));
    assert!(Checkpoint::open(&spoiled, &[key]).is_ok(), "an unknown signature is passed over");
    assert!(Checkpoint::new("other.example", 0, Hash::of_nothing()).unwrap().sign(&signer("a", 1)).is_err());
}

#[test]
fn no_bit_of_a_proof_can_be_changed() {
    let (_, key) = sealed();
    let (text, leaf, known) = (proof().to_string(), tree().leaf(6).unwrap(), [key]);
    let whole: LogProof = text.parse().unwrap();
    let state = whole.verify(&leaf, &known).unwrap();
    // The last line is a signature of a witness that is not known, which is passed over.
    let end = text.trim_end().rfind('\n').unwrap();
    for at in 0..text.len() {
        for bit in 0..8 {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            let told = changed.parse::<LogProof>().and_then(|proof| proof.verify(&leaf, &known));
            if at < end {
                assert!(told.is_err(), "bit {bit} of byte {at}: {changed}");
            } else if let Ok(told) = told {
                assert_eq!(told, state);
            }
        }
    }
    assert_eq!(whole.verify(&tree().leaf(5).unwrap(), &known), Err(Rejection::OtherRoot));
}

/// What is said of a text that is not taken.
fn said<T: std::str::FromStr<Err = Rejection>>(text: &str) -> String {
    text.parse::<T>().err().expect("a fault").to_string()
}

#[test]
fn malformed_notes_say_what_is_wrong() {
    let sig = EXAMPLE.lines().last().unwrap();
    for (note, expected) in [
        (String::new(), "no empty line before the signatures"),
        ("text\n".to_owned(), "no empty line before the signatures"),
        ("text\n\n".to_owned(), "line 2: no signature follows the empty line"),
        (format!("text\n\n{sig}"), "line 3: the last line has no end"),
        (format!("te\rxt\n\n{sig}\n"), "line 1: a control character"),
        (format!("text\n\n{sig}\n\tx\n"), "line 4: a control character"),
        ("text\n\n- name AAAAAAA=\n".to_owned(), "line 3: a signature starts with a long dash and a space"),
        ("text\n\n— name\n".to_owned(), "line 3: a name and a signature are two words"),
        ("text\n\n—  AAAAAAA=\n".to_owned(), "line 3: the name of a key is missing"),
        ("text\n\n— a+b AAAAAAA=\n".to_owned(), "line 3: the name of a key has a space, a plus or a control character"),
        ("text\n\n— name AAAA AAA=\n".to_owned(), "line 3: this is not base64"),
        ("text\n\n— name AAAAAAB=\n".to_owned(), "line 3: this is not base64"),
        ("text\n\n— name AAAAAAA\n".to_owned(), "line 3: this is not base64"),
        ("text\n\n— name AAAAAA==\n".to_owned(), "line 3: a signature has more than four bytes"),
        (format!("text\n\n{}", format!("{sig}\n").repeat(101)), "line 103: a note has at most 100 signatures"),
    ] {
        assert_eq!(said::<Note>(&note), expected, "{note:?}");
    }
    assert_eq!(format!("text\n\n{}", format!("{sig}\n").repeat(100)).parse::<Note>().unwrap().signatures().len(), 100);
    assert!(Note::sign("no line end", &signer("a", 1)).is_err());
    assert!(Note::sign("a bell\u{7}\n", &signer("a", 1)).is_err());
    // A text may have empty lines of its own, and even look like a signed one.
    for text in ["\n", "a\n\n\n", EXAMPLE] {
        let note = Note::sign(text, &signer("a", 1)).unwrap();
        assert_eq!(note.to_string().parse::<Note>(), Ok(note));
    }
}

#[test]
fn malformed_checkpoints_say_what_is_wrong() {
    let root = Hash::of_nothing();
    for (text, expected) in [
        (String::new(), "the name of the log is missing"),
        ("\n".to_owned(), "line 1: an empty line"),
        ("log\n".to_owned(), "the size is missing after the name of the log"),
        ("log\n1\n".to_owned(), "the root is missing after the size"),
        (format!("log\n01\n{root}\n"), "line 2: a number starts with a zero"),
        (format!("log\n+1\n{root}\n"), "line 2: this is not a whole number"),
        (format!("log\n18446744073709551616\n{root}\n"), "line 2: a number is larger than any log"),
        ("log\n1\nAAAA\n".to_owned(), "line 3: a hash is not 32 bytes long"),
        (format!("log\n1\n{root}"), "line 3: the last line has no end"),
        (format!("log\n1\n{root}\nmore\n\n"), "line 5: an empty line"),
    ] {
        assert_eq!(said::<Checkpoint>(&text), expected, "{text:?}");
    }
}

#[test]
fn malformed_keys_say_what_is_wrong() {
    let short = GO_KEY.replace("10TW", "");
    let weak = VerifierKey::to_string(&EXAMPLE_KEY.parse().unwrap())
        .replace("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    for (key, expected) in [
        ("", "a key is a name, an id and the key itself, with `+` between"),
        ("name+c74f20a3", "a key is a name, an id and the key itself, with `+` between"),
        ("a b+c74f20a3+AA==", "the name of a key has a space, a plus or a control character"),
        ("+c74f20a3+AA==", "the name of a key is missing"),
        ("name+c74f20a3+A", "this is not base64"),
        ("name+c74f20a3+", "the key is missing after its id"),
        ("name+c74f20a3+BA==", "the key is not of the Ed25519 type"),
        (&short, "an Ed25519 key is 32 bytes long"),
        (&weak, "the key is no point that Ed25519 uses"),
        (&GO_KEY.replace("c74f20a3", "C74F20A3"), "the id does not fit the name and the key"),
        (&GO_KEY.replace("Peter", "Anton"), "the id does not fit the name and the key"),
        (GO_SECRET, "this is a key that signs, not one that verifies"),
    ] {
        assert_eq!(said::<VerifierKey>(key), expected, "{key:?}");
    }
    assert_eq!(said::<SignerKey>(GO_KEY), "a key that signs starts with `PRIVATE+KEY+`");
    assert_eq!(said::<SignerKey>(&GO_SECRET.replace("a3+", "a4+")), "the id does not fit the name and the key");
    assert!(!format!("{:?}", GO_SECRET.parse::<SignerKey>().unwrap()).contains("AYEK"), "a secret is shown");
}

#[test]
fn malformed_proofs_say_what_is_wrong() {
    let text = proof().to_string();
    for (proof, expected) in [
        (String::new(), "no empty line before the checkpoint"),
        (text.replace("@v1", "@v2"), "line 1: the first line is not `c2sp.org/tlog-proof@v1`"),
        (text.replace("index 6\n", ""), "line 2: the line with the index is missing"),
        (text.replace("index 6", "index 06"), "line 2: a number starts with a zero"),
        (text.replace("index 6", "extra ?\nindex 6"), "line 2: this is not base64"),
        (text.replace("index 6", "index 6\nAA=="), "line 3: a hash is not 32 bytes long"),
        (text.replace("— example", "- example"), "line 12: a signature starts with a long dash and a space"),
    ] {
        assert_eq!(said::<LogProof>(&proof), expected, "{proof:?}");
    }
    // What is signed may still be no checkpoint; its lines are those of the whole text.
    let key = signer("log", 1);
    let note = Note::sign(&format!("log\n01\n{}\n", Hash::of_nothing()), &key).unwrap();
    for (proof, line) in [
        (LogProof::new(0, Vec::new(), note.clone()), 5),
        (LogProof::new(0, vec![Hash::of_nothing()], note).with_extra(Vec::new()), 7),
    ] {
        let told = proof.verify(&Hash::of_nothing(), &[key.verifier().clone()]).unwrap_err().to_string();
        assert_eq!(told, format!("line {line}: a number starts with a zero"), "{proof}");
        assert_eq!(proof.to_string().split('\n').nth(line - 1), Some("01"));
    }
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "(?s)[a+ \n\u{2014}A=0-9]{0,60}", any in ".{0,40}") {
        for text in [text.as_str(), any.as_str()] {
            if let Ok(note) = text.parse::<Note>() {
                prop_assert_eq!(note.to_string(), text);
            }
            let _ = (text.parse::<Checkpoint>(), text.parse::<LogProof>());
            let _ = (text.parse::<VerifierKey>(), text.parse::<SignerKey>());
        }
    }
}
