//! Puts back together what was added in one piece: a few words of it that agree with the text at hand tear it in two,
//! though they agree as well where it ends.

use super::block::{Block, Difference, Edit, Variety};

/// The blocks and the differences between them, without blocks that stand inside what was added: "Alternatively, *this
/// software* may be distributed under …" before "*this software* is provided …".
pub(super) fn in_one_piece<T: Copy + Eq>(tokens: &[T], blocks: &mut Vec<Block>, differences: &mut Vec<Difference>) {
    let mut number = 1;
    while number + 1 < blocks.len() {
        let (before, block, next) = (blocks[number - 1], blocks[number], blocks[number + 1]);
        let is_only_added = before.position_end() == block.position
            && block.position_end() == next.position
            && before.end() < block.at
            && block.end() + block.length <= next.at;
        if is_only_added
            && tokens[next.at - block.length..next.at] == tokens[block.at..block.end()]
            && let Some(first) = added(differences, before.end(), block.at)
            && let Some(second) = added(differences, block.end(), next.at)
        {
            differences[first].edit = Edit {
                added: before.end()..next.at - block.length,
                removed: block.position..block.position,
            };
            differences.remove(second);
            blocks[number + 1] = Block {
                at: next.at - block.length,
                position: block.position,
                length: block.length + next.length,
            };
            blocks.remove(number);
        } else {
            number += 1;
        }
    }
}

/// The difference that is these words, added where the text has none.
fn added(differences: &[Difference], start: usize, end: usize) -> Option<usize> {
    differences.iter().position(|found| {
        found.kind == Variety::Open && found.edit.added == (start..end) && found.edit.removed.is_empty()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_between_is_one_piece() {
        let tokens: Vec<char> = "ab+cdxycdef".chars().collect();
        let block = |at, position, length| Block { at, position, length };
        let difference = |added, position| Difference {
            edit: Edit {
                added,
                removed: position..position,
            },
            kind: Variety::Open,
        };
        let mut blocks = vec![block(0, 0, 2), block(3, 2, 2), block(9, 4, 2)];
        let mut differences = vec![difference(2..3, 2), difference(5..9, 4)];
        in_one_piece(&tokens, &mut blocks, &mut differences);
        assert_eq!(blocks, [block(0, 0, 2), block(7, 2, 4)]);
        assert_eq!(differences, [difference(2..7, 2)]);
    }
}
