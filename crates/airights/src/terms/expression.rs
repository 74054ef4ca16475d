//! A license expression that can be rewritten term by term and folded, however long or deep it is.
//!
//! The `spdx` crate parses; this keeps its postfix order, so nothing here recurses and an expression of ten thousand
//! terms is only a longer list.

use std::borrow::Cow;
use std::fmt;

use spdx::expression::{ExprNode, Operator};
use spdx::{LicenseItem, LicenseReq};

/// An SPDX license expression, in postfix order.
#[derive(Clone, Debug, PartialEq)]
pub struct LicenseExpression {
    nodes: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Term(LicenseReq),
    And,
    Or,
}

impl From<&spdx::Expression> for LicenseExpression {
    fn from(parsed: &spdx::Expression) -> Self {
        let nodes = parsed.iter().map(|node| match node {
            ExprNode::Req(requirement) => Node::Term(requirement.req.clone()),
            ExprNode::Op(Operator::And) => Node::And,
            ExprNode::Op(Operator::Or) => Node::Or,
        });
        Self { nodes: nodes.collect() }
    }
}

impl LicenseExpression {
    /// Parses an expression as SPDX writes it.
    ///
    /// # Errors
    ///
    /// What the `spdx` crate says of it.
    pub fn parse(text: &str) -> Result<Self, spdx::ParseError> {
        spdx::Expression::parse(text).map(|parsed| Self::from(&parsed))
    }

    /// The expression of one term.
    pub(crate) fn of_term(term: LicenseReq) -> Self {
        Self {
            nodes: vec![Node::Term(term)],
        }
    }

    /// All of several expressions, joined with `AND`; `None` where there are none.
    pub fn all_of(expressions: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut expressions = expressions.into_iter();
        let first = expressions.next()?;
        Some(expressions.fold(first, |joined, next| joined.joined(next, Node::And)))
    }

    fn joined(mut self, other: Self, operator: Node) -> Self {
        self.nodes.extend(other.nodes);
        self.nodes.push(operator);
        self
    }

    /// What is left of an expression when some of its terms ask for nothing: of an `AND` the operands that ask for
    /// something, of an `OR` nothing as soon as one branch asks for nothing.
    pub(crate) fn without(&self, mut asks_for_nothing: impl FnMut(&LicenseReq) -> bool) -> Option<Self> {
        let rest = self.fold(
            |_, term| (!asks_for_nothing(term)).then(|| Self::of_term(term.clone())),
            |left, right| match (left, right) {
                (Some(left), Some(right)) => Some(left.joined(right, Node::And)),
                (rest, None) | (None, rest) => rest,
            },
            |left, right| Some(left?.joined(right?, Node::Or)),
        );
        rest.flatten()
    }

    /// The expressions that `AND` joins at the top, in the order of the text; itself, where there is no such `AND`.
    pub fn conjuncts(&self) -> impl Iterator<Item = Self> + use<> {
        let starts = self.starts();
        let mut conjuncts = Vec::new();
        let mut todo: Vec<usize> = self.nodes.len().checked_sub(1).into_iter().collect();
        while let Some(end) = todo.pop() {
            if self.nodes[end] == Node::And {
                todo.extend([starts[end - 1] - 1, end - 1]);
            } else {
                let nodes = self.nodes[starts[end]..=end].to_vec();
                conjuncts.push(Self { nodes });
            }
        }
        conjuncts.into_iter().rev()
    }

    /// The term, where there is only one.
    pub(crate) fn single_term(&self) -> Option<&LicenseReq> {
        match self.nodes.as_slice() {
            [Node::Term(term)] => Some(term),
            _ => None,
        }
    }

    /// The terms, in the order of the text.
    pub fn terms(&self) -> impl Iterator<Item = &LicenseReq> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Term(term) => Some(term),
            Node::And | Node::Or => None,
        })
    }

    /// The same expression with each term put through `rewrite`.
    #[must_use]
    pub fn map_terms(&self, mut rewrite: impl FnMut(&LicenseReq) -> LicenseReq) -> Self {
        let nodes = self.nodes.iter().map(|node| match node {
            Node::Term(term) => Node::Term(rewrite(term)),
            operator => operator.clone(),
        });
        Self { nodes: nodes.collect() }
    }

    /// Whether there is a choice in it.
    pub fn has_choice(&self) -> bool {
        self.nodes.contains(&Node::Or)
    }

    /// Folds the expression from its terms up. `term` gets each term with its position among the terms.
    pub fn fold<T>(
        &self,
        mut term: impl FnMut(usize, &LicenseReq) -> T,
        mut and: impl FnMut(T, T) -> T,
        mut or: impl FnMut(T, T) -> T,
    ) -> Option<T> {
        let mut stack = Vec::new();
        let mut position = 0;
        for node in &self.nodes {
            let folded = match node {
                Node::Term(requirement) => {
                    position += 1;
                    term(position - 1, requirement)
                }
                operator => {
                    let right = stack.pop()?;
                    let left = stack.pop()?;
                    if *operator == Node::And {
                        and(left, right)
                    } else {
                        or(left, right)
                    }
                }
            };
            stack.push(folded);
        }
        stack.pop()
    }

    /// For each node, where the nodes of the expression that ends there begin.
    fn starts(&self) -> Vec<usize> {
        let mut starts: Vec<usize> = Vec::with_capacity(self.nodes.len());
        for (index, node) in self.nodes.iter().enumerate() {
            let start = match node {
                Node::Term(_) => index,
                // The right operand ends just before the operator, the left one just before the right begins.
                _ => starts[starts[index - 1] - 1],
            };
            starts.push(start);
        }
        starts
    }
}

impl fmt::Display for LicenseExpression {
    /// Writes the expression as SPDX does, with no more parentheses than it needs.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        enum Piece {
            Node(usize),
            Text(&'static str),
        }
        let starts = self.starts();
        let mut todo: Vec<Piece> = self.nodes.len().checked_sub(1).map(Piece::Node).into_iter().collect();
        while let Some(piece) = todo.pop() {
            let index = match piece {
                Piece::Text(text) => {
                    formatter.write_str(text)?;
                    continue;
                }
                Piece::Node(index) => index,
            };
            if let Node::Term(term) = &self.nodes[index] {
                write!(formatter, "{term}")?;
                continue;
            }
            let is_and = self.nodes[index] == Node::And;
            let (left, right) = (starts[index - 1] - 1, index - 1);
            // The stack gives back last what went in first, so the right operand goes in first.
            for (operand, before) in [(right, if is_and { " AND " } else { " OR " }), (left, "")] {
                let wrap = is_and && self.nodes[operand] == Node::Or;
                todo.extend(wrap.then_some(Piece::Text(")")));
                todo.push(Piece::Node(operand));
                todo.extend(wrap.then_some(Piece::Text("(")));
                todo.push(Piece::Text(before));
            }
        }
        Ok(())
    }
}

/// Whether a term of an expression is the license a text was read as.
///
/// The text of a GNU license is the same whether it was granted `-only` or `-or-later`, so these count as one.
pub(crate) fn same_license(term: &LicenseReq, id: &str) -> bool {
    match &term.license {
        LicenseItem::Spdx { id: declared, .. } => gnu_base(declared.name) == gnu_base(id),
        LicenseItem::Other(reference) => reference.to_string() == id,
    }
}

/// Whether two terms are of one license, whatever exceptions and changes they carry.
pub(crate) fn same_license_terms(one: &LicenseReq, other: &LicenseReq) -> bool {
    same_license(one, &license_name(other))
}

/// The id of a term's license, without what is added to it.
pub(super) fn license_name(term: &LicenseReq) -> Cow<'static, str> {
    match &term.license {
        LicenseItem::Spdx { id, .. } => Cow::Borrowed(id.name),
        LicenseItem::Other(reference) => Cow::Owned(reference.to_string()),
    }
}

/// An id without what only says how a GNU license was granted.
pub(super) fn gnu_base(id: &str) -> &str {
    id.strip_suffix("-only")
        .or_else(|| id.strip_suffix("-or-later"))
        .unwrap_or(id)
}

/// The grant of every later version, of a term that is a GNU license of one version only.
pub(crate) fn or_later(term: &LicenseReq) -> Option<LicenseReq> {
    let name = license_name(term);
    let later = spdx::license_id(&format!("{}-or-later", name.strip_suffix("-only")?))?;
    Some(LicenseReq {
        license: LicenseItem::Spdx {
            id: later,
            or_later: false,
        },
        addition: term.addition.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn parse(text: &str) -> LicenseExpression {
        LicenseExpression::parse(text).expect("the test's expression parses")
    }

    #[test]
    fn prints_what_it_parsed() {
        for text in [
            "MIT",
            "MIT OR Apache-2.0",
            "MIT AND Apache-2.0 OR ISC",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "ISC AND (MIT OR Apache-2.0) AND Zlib",
            "GPL-2.0-only WITH Classpath-exception-2.0 OR LicenseRef-own",
            "MIT OR Apache-2.0 OR ISC OR Zlib",
        ] {
            assert_eq!(parse(text).to_string(), text);
        }
    }

    #[test]
    fn ten_thousand_terms_are_only_a_longer_list() {
        let text = vec!["MIT"; 10_000].join(" OR ");
        let expression = parse(&text);
        assert_eq!(expression.to_string(), text);
        let terms = expression.fold(|_, _| 1, |left, right| left + right, |left, right| left + right);
        assert_eq!(terms, Some(10_000));
    }

    #[test]
    fn joins_with_and() {
        let joined = LicenseExpression::all_of([parse("MIT OR ISC"), parse("Zlib")]).map(|all| all.to_string());
        assert_eq!(joined.as_deref(), Some("(MIT OR ISC) AND Zlib"));
    }

    #[test]
    fn comes_apart_at_its_outermost_and() {
        let conjuncts = |text: &str| parse(text).conjuncts().map(|part| part.to_string()).collect::<Vec<_>>();
        assert_eq!(
            conjuncts("MIT AND (ISC OR Zlib) AND 0BSD"),
            ["MIT", "ISC OR Zlib", "0BSD"]
        );
        assert_eq!(conjuncts("MIT AND ISC OR Zlib"), ["MIT AND ISC OR Zlib"]);
    }

    #[test]
    fn what_asks_for_nothing_falls_away() {
        let rest = |text: &str| {
            let rest = parse(text).without(|term| matches!(term.to_string().as_str(), "MIT" | "ISC"));
            rest.map(|rest| rest.to_string())
        };
        assert_eq!(rest("MIT AND ISC"), None);
        assert_eq!(rest("MIT OR Zlib"), None);
        assert_eq!(rest("MIT AND Zlib AND ISC AND 0BSD").as_deref(), Some("Zlib AND 0BSD"));
        assert_eq!(rest("(Zlib OR 0BSD) AND MIT").as_deref(), Some("Zlib OR 0BSD"));
        assert_eq!(rest("(Zlib AND MIT) OR 0BSD").as_deref(), Some("Zlib OR 0BSD"));
    }

    #[test]
    fn a_gnu_text_stands_for_both_grants() {
        let term = parse("GPL-3.0-or-later");
        assert!(term.terms().all(|term| same_license(term, "GPL-3.0-only")));
        assert!(!term.terms().all(|term| same_license(term, "LGPL-3.0-only")));
    }
}
