//! The dependency tree, drawn as `cargo tree` draws it, with the license and the verdict of each package.
//!
//! Each package is taken apart once, as cargo does: where it stands again it has a `(*)`. So neither a graph in which
//! everything depends on everything nor a chain of twenty thousand packages makes more lines than there are dependencies.

use std::collections::BTreeSet;
use std::io::{self, Write};

use airights::{DependencyGraph, Level, PackageIx, PerPackage, Role};
use anstyle::{AnsiColor, Style};

use super::escape::visible;
use super::{Report, Terminal};
use crate::filter::Filter;
use crate::list::UNKNOWN;
use crate::standing::{Standing, Totals};

/// What to draw.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// The packages to draw with what depends on them, instead of the members with what they depend on.
    pub inverted: Vec<PackageIx>,
    /// So many levels below a root; `None`: all.
    pub depth: Option<usize>,
    /// Only branches that lead to these packages.
    pub filter: Filter,
}

/// Writes the tree, and the totals below it.
///
/// # Errors
///
/// What the writer says.
pub fn write(report: &Report<'_>, tree: &Tree, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let standings = Standing::of(report);
    let branches = Branches::of(report.graph, tree, &standings);
    let roots = match tree.inverted.as_slice() {
        [] => roots(report.graph),
        inverted => inverted.to_vec(),
    };
    let mut drawing = Drawing {
        graph: report.graph,
        standings: &standings,
        branches: &branches,
        depth: tree.depth.unwrap_or(usize::MAX),
        expanded: BTreeSet::new(),
        terminal,
        out,
    };
    let mut has_drawn = false;
    for root in roots.into_iter().filter(|&root| branches.is_kept(root)) {
        if std::mem::replace(&mut has_drawn, true) {
            writeln!(drawing.out)?;
        }
        drawing.draw(root)?;
    }
    if report.quiet || !tree.inverted.is_empty() {
        return Ok(());
    }
    let shown = standings.values().iter().filter(|standing| tree.filter.shows(standing));
    let totals = shown.collect::<Totals>().in_words(Some(standings.values().len()));
    let gap = if has_drawn { "\n" } else { "" };
    writeln!(out, "{gap}{totals}")
}

/// The members, and whatever none of them leads to.
fn roots(graph: &DependencyGraph) -> Vec<PackageIx> {
    let members = graph.iter().filter(|(_, package)| package.is_member);
    let mut roots: Vec<PackageIx> = members.map(|(place, _)| place).collect();
    let reached = graph.reached_from(roots.clone());
    let others = graph
        .iter()
        .map(|(place, _)| place)
        .filter(|place| !reached.contains(place));
    roots.extend(others);
    roots
}

/// Who stands below whom.
struct Branches {
    below: Vec<Vec<PackageIx>>,
    /// What leads to a package that is asked for; `None`: everything is shown.
    kept: Option<BTreeSet<PackageIx>>,
}

impl Branches {
    fn of(graph: &DependencyGraph, tree: &Tree, standings: &PerPackage<Standing<'_>>) -> Self {
        let (mut below, mut above) = (Vec::new(), Vec::new());
        below.resize(graph.packages().len(), Vec::new());
        above.resize(graph.packages().len(), Vec::new());
        for edge in graph.dependencies() {
            let (from, to) = if tree.inverted.is_empty() {
                (edge.from, edge.to)
            } else {
                (edge.to, edge.from)
            };
            // A package may be a dependency under two names.
            if below[from.index()].last() != Some(&to) {
                below[from.index()].push(to);
            }
            above[to.index()].push(from);
        }
        let is_pruned = !tree.filter.is_all() || standings.values().iter().any(Standing::is_outside);
        let kept = is_pruned.then(|| {
            let asked_for = standings.iter().filter(|(_, standing)| tree.filter.shows(standing));
            let mut open: Vec<PackageIx> = asked_for.map(|(place, _)| place).collect();
            let mut kept = BTreeSet::new();
            while let Some(place) = open.pop() {
                if kept.insert(place) {
                    open.extend(&above[place.index()]);
                }
            }
            kept
        });
        Self { below, kept }
    }

    fn is_kept(&self, place: PackageIx) -> bool {
        self.kept.as_ref().is_none_or(|kept| kept.contains(&place))
    }

    fn below(&self, place: PackageIx) -> Vec<PackageIx> {
        let below = self.below[place.index()].iter().copied();
        below.filter(|&place| self.is_kept(place)).collect()
    }
}

/// A tree that is being drawn.
struct Drawing<'a, 'r> {
    graph: &'a DependencyGraph,
    standings: &'a PerPackage<Standing<'r>>,
    branches: &'a Branches,
    depth: usize,
    expanded: BTreeSet<PackageIx>,
    terminal: Terminal,
    out: &'a mut dyn Write,
}

/// The packages below one package, and how many of them have been drawn.
struct Siblings {
    places: Vec<PackageIx>,
    drawn: usize,
}

impl Siblings {
    fn next(&mut self) -> Option<PackageIx> {
        let place = self.places.get(self.drawn).copied();
        self.drawn += usize::from(place.is_some());
        place
    }

    fn has_more(&self) -> bool {
        self.drawn < self.places.len()
    }
}

/// Of deeper levels only the last are drawn, so that a chain of packages takes no more than its length.
const MOST_RAILS: usize = 40;

impl Drawing<'_, '_> {
    fn draw(&mut self, root: PackageIx) -> io::Result<()> {
        let mut open: Vec<Siblings> = Vec::new();
        open.extend(self.draw_package(root, &open)?);
        while let Some(siblings) = open.last_mut() {
            match siblings.next() {
                Some(place) => open.extend(self.draw_package(place, &open)?),
                None => drop(open.pop()),
            }
        }
        Ok(())
    }

    /// Draws one package below those that are open. Those below it, if they are to be drawn, too.
    fn draw_package(&mut self, place: PackageIx, open: &[Siblings]) -> io::Result<Option<Siblings>> {
        let below = self.branches.below(place);
        let is_known = self.expanded.contains(&place);
        let (rails, words) = (rails(open), self.words(place));
        let again = if is_known && !below.is_empty() { " (*)" } else { "" };
        writeln!(self.out, "{rails}{words}{again}")?;
        let is_expanded = !is_known && open.len() < self.depth;
        if is_expanded {
            self.expanded.insert(place);
        }
        Ok(is_expanded.then_some(Siblings {
            places: below,
            drawn: 0,
        }))
    }

    /// "parser 2.1.0: GPL-3.0-only (denied, build)"
    fn words(&self, place: PackageIx) -> String {
        let standing = &self.standings[place];
        let package = self.graph.package(place);
        let color = match (standing.judgement, standing.level) {
            (None, _) if standing.is_missing => Some(AnsiColor::Red),
            (_, Level::Deny) => Some(AnsiColor::Red),
            (_, Level::Warn) => Some(AnsiColor::Yellow),
            (_, Level::Allow) => None,
        };
        let name = package.to_string();
        let name = match color {
            Some(color) => self
                .terminal
                .paint(Style::new().bold().fg_color(Some(color.into())), &visible(&name)),
            None => visible(&name).into_owned(),
        };
        let license = standing
            .judgement
            .and_then(|judgement| judgement.license.effective.as_deref());
        let role = package.roles.iter().next();
        let role = role
            .filter(|role| matches!(role, Role::Build | Role::Dev))
            .map(Role::as_str);
        let license = match license {
            None if standing.is_outside() => String::new(),
            license => format!(": {}", visible(license.unwrap_or(UNKNOWN))),
        };
        format!("{name}{license}{}", standing.marks(role))
    }
}

/// The lines that lead to a package below those that are open.
fn rails(open: &[Siblings]) -> String {
    let Some((last, above)) = open.split_last() else {
        return String::new();
    };
    let left_out = above.len().saturating_sub(MOST_RAILS);
    let mut rails = if left_out > 0 {
        format!("[+{left_out}] ")
    } else {
        String::new()
    };
    for siblings in &above[left_out..] {
        rails.push_str(if siblings.has_more() { "│   " } else { "    " });
    }
    rails.push_str(if last.has_more() { "├── " } else { "└── " });
    rails
}

#[cfg(test)]
mod tests {
    use airights::graph::Dependency;
    use airights::{Evaluation, NotEvaluated};
    use expect_test::{expect, expect_file};

    use super::*;
    use crate::sample::{Sample, sample_evaluation};
    use crate::standing::PackageVerdict;

    fn drawn(sample: &Sample, tree: &Tree) -> String {
        let mut out = Vec::new();
        write(&sample.report(), tree, Terminal::PLAIN, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn denied() -> Filter {
        Filter {
            verdicts: vec![PackageVerdict::Denied],
            ..Filter::default()
        }
    }

    /// The sample with other dependencies.
    fn with_edges(edges: &[(u32, u32)]) -> Sample {
        let sample = sample_evaluation();
        let edges = edges.iter().map(|&(from, to)| Dependency {
            from: PackageIx(from),
            to: PackageIx(to),
            key: String::new(),
        });
        let graph = DependencyGraph::new(sample.graph.packages().to_vec(), edges.collect());
        Sample { graph, ..sample }
    }

    #[test]
    fn the_sample_is_drawn() {
        expect_file!["goldens/tree.txt"].assert_eq(&drawn(&sample_evaluation(), &Tree::default()));
    }

    #[test]
    fn only_branches_to_what_is_denied_are_drawn() {
        let tree = Tree {
            filter: denied(),
            ..Tree::default()
        };
        expect![[r"
            app 1.0.0: MIT OR Apache-2.0 (member)
            ├── middle 2.0.0: MIT OR Apache-2.0
            │   └── ishell 0.2.3: LicenseRef-ishell (denied)
            └── parser 2.1.0: GPL-3.0-only (denied)

            2 of 46 packages (2 denied)
        "]]
        .assert_eq(&drawn(&sample_evaluation(), &tree));
    }

    #[test]
    fn inverted_it_leads_to_the_members() {
        let tree = Tree {
            inverted: vec![PackageIx(2)],
            ..Tree::default()
        };
        expect![[r"
            ishell 0.2.3: LicenseRef-ishell (denied)
            └── middle 2.0.0: MIT OR Apache-2.0
                └── app 1.0.0: MIT OR Apache-2.0 (member)
        "]]
        .assert_eq(&drawn(&sample_evaluation(), &tree));
    }

    #[test]
    fn what_stands_again_is_not_taken_apart_again() {
        let sample = with_edges(&[(0, 1), (0, 3), (1, 2), (3, 1), (3, 0), (2, 4)]);
        let shown = drawn(&sample, &Tree::default());
        let shown: String = shown.lines().take(6).map(|line| format!("{line}\n")).collect();
        expect![[r"
            app 1.0.0: MIT OR Apache-2.0 (member)
            ├── hostile 0.1.0: MIT OR Apache-2.0 (warned)
            │   └── ishell 0.2.3: LicenseRef-ishell (denied)
            │       └── parser 2.1.0: GPL-3.0-only (denied)
            └── middle 2.0.0: MIT OR Apache-2.0
                ├── app 1.0.0: MIT OR Apache-2.0 (member) (*)
        "]]
        .assert_eq(&shown);
        // What a limit of the depth cut off is taken apart where it stands higher.
        let shallow = Tree {
            depth: Some(2),
            ..Tree::default()
        };
        let sample = with_edges(&[(0, 1), (0, 3), (1, 3), (3, 4)]);
        let shown = drawn(&sample, &shallow);
        let shown: String = shown.lines().take(5).map(|line| format!("{line}\n")).collect();
        expect![[r"
            app 1.0.0: MIT OR Apache-2.0 (member)
            ├── hostile 0.1.0: MIT OR Apache-2.0 (warned)
            │   └── middle 2.0.0: MIT OR Apache-2.0
            └── middle 2.0.0: MIT OR Apache-2.0
                └── parser 2.1.0: GPL-3.0-only (denied)
        "]]
        .assert_eq(&shown);
    }

    #[test]
    fn every_package_is_drawn() {
        let sample = with_edges(&[(3, 4), (4, 3)]);
        let shown = drawn(&sample, &Tree::default());
        for package in sample.graph.packages() {
            assert!(shown.contains(&package.to_string()), "{package} is missing in: {shown}");
        }
    }

    #[test]
    fn a_chain_of_twenty_thousand_packages_is_as_long_as_it_is() {
        let sample = sample_evaluation();
        let mut packages = vec![sample.graph.package(PackageIx(0)).clone(); 20_000];
        for package in &mut packages[1..] {
            package.is_member = false;
        }
        let edges = (1..20_000).map(|to| Dependency {
            from: PackageIx(to - 1),
            to: PackageIx(to),
            key: String::new(),
        });
        let missing = (0..20_000).map(|place| NotEvaluated {
            package: PackageIx(place),
            reason: String::new(),
        });
        let sample = Sample {
            graph: DependencyGraph::new(packages, edges.collect()),
            evaluation: Evaluation {
                judgements: Vec::new(),
                not_evaluated: missing.collect(),
                findings: Vec::new(),
                ..sample.evaluation
            },
            ..sample
        };
        for inverted in [Vec::new(), vec![PackageIx(19_999)]] {
            let shown = drawn(
                &sample,
                &Tree {
                    inverted,
                    ..Tree::default()
                },
            );
            assert!(shown.lines().count() >= 20_000);
            assert!(shown.len() < 20_000 * 300, "{}", shown.len());
        }
    }
}
