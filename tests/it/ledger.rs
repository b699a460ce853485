//! The Merkle log: published vectors, the definition of RFC 6962 written out, and proofs with one bit changed.

use annexa::ledger::{Frontier, Hash, Rejection, Tree, leaf_hash, node_hash, verify_consistency, verify_inclusion};
use proptest::prelude::*;

/// The inputs of the test vectors of Certificate Transparency.
const INPUTS: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

/// The roots over the first one, two ... of them.
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes().chunks(2).map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect()
}

fn hash(hex: &str) -> Hash {
    Hash::from(<[u8; 32]>::try_from(bytes(hex)).unwrap())
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|i| leaf_hash(&i.to_be_bytes())).collect()
}

/// The largest power of two below `count`.
fn half(count: usize) -> usize {
    (0..).map(|e| 1 << e).take_while(|k| *k < count).last().unwrap()
}

/// `MTH` of RFC 6962, section 2.1.
fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => hash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(half(leaves.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// `PATH` of section 2.1.1.
fn path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(half(leaves.len()));
    if index < left.len() {
        [path(index, left), vec![root(right)]].concat()
    } else {
        [path(index - left.len(), right), vec![root(left)]].concat()
    }
}

/// `SUBPROOF` of section 2.1.2.
fn subproof(old: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if old == leaves.len() {
        return if whole { Vec::new() } else { vec![root(leaves)] };
    }
    let (left, right) = leaves.split_at(half(leaves.len()));
    if old <= left.len() {
        [subproof(old, left, whole), vec![root(right)]].concat()
    } else {
        [subproof(old - left.len(), right, false), vec![root(left)]].concat()
    }
}

/// The hash with one bit of it changed.
fn flipped(hash: &Hash, bit: usize) -> Hash {
    let mut bytes = *hash.bytes();
    bytes[bit / 8] ^= 1 << (bit % 8);
    Hash::from(bytes)
}

#[test]
fn published_vectors() {
    let leaves = INPUTS.map(|input| leaf_hash(&bytes(input)));
    let tree: Tree = leaves.into_iter().collect();
    for (size, expected) in (1..).zip(ROOTS) {
        assert_eq!(tree.root_at(size), Some(hash(expected)), "{size}");
    }
    assert_eq!(tree.root(), hash(ROOTS[7]));
    let inclusion = tree.inclusion_proof(0, 8).unwrap();
    let expected = [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ];
    assert_eq!(inclusion, expected.map(hash));
    let consistency = tree.consistency_proof(6, 8).unwrap();
    let expected = [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ];
    assert_eq!(consistency, expected.map(hash));
}

#[test]
fn every_small_tree_is_that_of_the_definition() {
    let leaves = leaves(70);
    let tree: Tree = leaves.iter().copied().collect();
    let mut frontier = Frontier::default();
    for new in 0..=70 {
        let after = root(&leaves[..new]);
        assert_eq!(tree.root_at(new as u64), Some(after));
        assert_eq!((frontier.root(), frontier.size()), (after, new as u64));
        let kept = Frontier::new(frontier.size(), frontier.roots().to_vec());
        assert_eq!(kept.as_ref(), Some(&frontier));
        for index in 0..new {
            let proof = tree.inclusion_proof(index as u64, new as u64).unwrap();
            assert_eq!(proof, path(index, &leaves[..new]), "{index} of {new}");
            assert_eq!(verify_inclusion(&leaves[index], index as u64, new as u64, &proof, &after), Ok(()));
        }
        for old in 0..=new {
            let proof = tree.consistency_proof(old as u64, new as u64).unwrap();
            let before = root(&leaves[..old]);
            if old > 0 {
                assert_eq!(proof, subproof(old, &leaves[..new], true), "{old} to {new}");
            }
            assert_eq!(verify_consistency((old as u64, &before), (new as u64, &after), &proof), Ok(()));
        }
        frontier.append(leaves.get(new).copied().unwrap_or_else(Hash::of_nothing));
    }
    assert_eq!((tree.root_at(71), tree.inclusion_proof(3, 3), tree.inclusion_proof(0, 71)), (None, None, None));
    assert_eq!((tree.consistency_proof(4, 3), tree.consistency_proof(4, 71)), (None, None));
    assert_eq!(Frontier::new(3, vec![leaves[0]]), None);
}

#[test]
fn a_proof_with_any_bit_changed_proves_nothing() {
    let leaves = leaves(33);
    let tree: Tree = leaves.iter().copied().collect();
    for size in [1, 2, 7, 8, 33] {
        let after = tree.root_at(size).unwrap();
        for index in 0..size {
            let (leaf, proof) = (leaves[index as usize], tree.inclusion_proof(index, size).unwrap());
            let holds = |leaf: &Hash, proof: &[Hash], root: &Hash| verify_inclusion(leaf, index, size, proof, root);
            for bit in 0..256 {
                assert_eq!(holds(&flipped(&leaf, bit), &proof, &after), Err(Rejection::OtherRoot));
                assert_eq!(holds(&leaf, &proof, &flipped(&after, bit)), Err(Rejection::OtherRoot));
                for at in 0..proof.len() {
                    let mut proof = proof.clone();
                    proof[at] = flipped(&proof[at], bit);
                    assert_eq!(holds(&leaf, &proof, &after), Err(Rejection::OtherRoot));
                }
            }
            let longer = [&proof[..], &[after]].concat();
            assert_eq!(holds(&leaf, &longer, &after), Err(Rejection::ProofTooLong));
            if let Some((_, shorter)) = proof.split_last() {
                assert_eq!(holds(&leaf, shorter, &after), Err(Rejection::ProofTooShort));
            }
        }
        for old in 0..=size {
            let (before, proof) = (tree.root_at(old).unwrap(), tree.consistency_proof(old, size).unwrap());
            let holds = |b: &Hash, a: &Hash, proof: &[Hash]| verify_consistency((old, b), (size, a), proof);
            for bit in 0..256 {
                assert!(holds(&flipped(&before, bit), &after, &proof).is_err(), "{old} to {size}");
                // Before the first record there is nothing that a later root could contradict.
                assert_eq!(holds(&before, &flipped(&after, bit), &proof).is_ok(), old == 0, "{old} to {size}");
                for at in 0..proof.len() {
                    let mut proof = proof.clone();
                    proof[at] = flipped(&proof[at], bit);
                    assert!(holds(&before, &after, &proof).is_err(), "{old} to {size}");
                }
            }
            let longer = [&proof[..], &[after]].concat();
            assert_eq!(holds(&before, &after, &longer), Err(Rejection::ProofTooLong));
            if let Some((_, shorter)) = proof.split_last() {
                assert_eq!(holds(&before, &after, shorter), Err(Rejection::ProofTooShort));
            }
        }
    }
}

#[test]
fn logs_that_lost_or_changed_something_are_told_apart() {
    let (old, mut changed) = (leaves(5), leaves(9));
    let kept: Tree = old.into_iter().collect();
    changed[2] = leaf_hash(b"something else");
    let changed: Tree = changed.into_iter().collect();
    let proof = changed.consistency_proof(5, 9).unwrap();
    let told = verify_consistency((5, &kept.root()), (9, &changed.root()), &proof);
    assert_eq!(told, Err(Rejection::OtherPast));
    let told = verify_consistency((5, &kept.root()), (5, &changed.root_at(5).unwrap()), &[]);
    assert_eq!(told, Err(Rejection::OtherPast));
    let told = verify_consistency((5, &kept.root()), (4, &kept.root_at(4).unwrap()), &[]);
    assert_eq!(told, Err(Rejection::Shrunk { old: 5, new: 4 }));
    let told = verify_inclusion(&leaf_hash(b""), 5, 5, &[], &kept.root());
    assert_eq!(told, Err(Rejection::OutsideLog { index: 5, size: 5 }));
    let told = verify_consistency((0, &kept.root()), (5, &kept.root()), &[]);
    assert_eq!(told, Err(Rejection::OtherPast), "an empty log has one root");
    let told = verify_consistency((0, &kept.root()), (0, &kept.root()), &[]);
    assert_eq!(told, Err(Rejection::OtherRoot), "an empty log has one root");
}

#[test]
fn a_hundred_thousand_records() {
    let size = 100_000;
    let leaves = leaves(size);
    let started = std::time::Instant::now();
    let tree: Tree = leaves.iter().copied().collect();
    let after = tree.root();
    for index in (0..size).step_by(997) {
        let proof = tree.inclusion_proof(index, size).unwrap();
        assert_eq!(verify_inclusion(&leaves[index as usize], index, size, &proof, &after), Ok(()));
        let (before, proof) = (tree.root_at(index).unwrap(), tree.consistency_proof(index, size).unwrap());
        assert_eq!(verify_consistency((index, &before), (size, &after), &proof), Ok(()));
    }
    // Far above what it takes (some 0.1 s without optimization), far below what a quadratic way would.
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn any_numbers_and_hashes_are_answered(
        sizes in (any::<u64>(), any::<u64>()), path in prop::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        let path: Vec<Hash> = path.into_iter().map(Hash::from).collect();
        let (one, other) = (leaf_hash(b"one"), leaf_hash(b"other"));
        prop_assert!(verify_inclusion(&one, sizes.0, sizes.1, &path, &other).is_err());
        prop_assert!(verify_consistency((sizes.0, &one), (sizes.1, &other), &path).is_err());
    }
}
