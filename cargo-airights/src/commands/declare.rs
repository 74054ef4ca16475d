//! `cargo airights declare`: AI terms said once, in Cargo.toml, in words that travel.

mod contradictions;
mod files;
mod interview;
mod manifests;
mod marked;
mod plan;
mod readme;
mod rider;
mod signals;

use airights::declaration::TermsAt;
use airights::{AiUse, UseValue};
use airights_cargo::workspace::{Member, Workspace, workspace};
use airights_report::declare::{Declared, write};
use airights_store::Edit;
use airights_vocabularies::Vocabulary;

use self::interview::{Answers, Person, interview};
use self::plan::{Elsewhere, Plan, Scope, plan};
use self::rider::RiderWish;
use self::signals::Signal;
use super::failure::Failure;
use super::hold::{hold, tell_of_leftover};
use crate::Exit;
use crate::cli::{DeclareArgs, RiderArg};
use crate::console::Console;
use crate::declaration::{Preset, RiderForm, Wish};

pub(super) fn run(args: &DeclareArgs, console: &Console) -> Result<Exit, Failure> {
    let mut workspace = found(args)?;
    let is_asked = is_silent(args) && console.can_ask();
    let (wish, elsewhere) = if is_asked {
        // What is not there to be declared for is not asked about.
        scope(args, &workspace)?;
        interview(&mut Person)?
    } else {
        (wish(args), elsewhere(args))
    };
    let only_reads = args.check || args.export.is_some();
    let lock = if only_reads {
        tell_of_leftover(workspace.root(), console);
        None
    } else {
        let lock = hold(workspace.root(), console)?;
        // Whoever changed it before may have changed what it is made of.
        workspace = found(args)?;
        Some(lock)
    };
    let scope = scope(args, &workspace)?;
    let plan = plan(&workspace, &scope, &wish, &elsewhere)?;
    if let Some(vocabulary) = args.export.as_deref().and_then(|name| name.parse().ok()) {
        return export(vocabulary, &plan, &workspace, console);
    }
    let changed = plan.files.changed().len();
    if is_asked && changed > 0 && !is_agreed(&plan, &workspace)? {
        return Ok(Exit::Clean);
    }
    if let Some(lock) = lock {
        lock.change(&[], &plan.files.changed())?.forget();
    }
    tell(&plan, &workspace, args, console)?;
    Ok(if args.check && changed > 0 {
        Exit::Violated
    } else {
        Exit::Clean
    })
}

fn found(args: &DeclareArgs) -> Result<Workspace, Failure> {
    Ok(workspace(args.manifest_path.as_deref())?)
}

/// Whether the command line says nothing of what to declare, or of where.
fn is_silent(args: &DeclareArgs) -> bool {
    let elsewhere = elsewhere(args);
    let is_elsewhere = elsewhere.readme || elsewhere.rider != RiderWish::Keep || !elsewhere.signals.is_empty();
    wish(args) == Wish::default() && !is_elsewhere && !args.check && args.export.is_none()
}

/// Whether whoever was asked agrees to the files that would change.
fn is_agreed(plan: &Plan, workspace: &Workspace) -> Result<bool, Failure> {
    let (written, removed) = changed(plan, workspace);
    let files: Vec<String> = written.iter().chain(&removed).map(|path| format!("`{path}`")).collect();
    Person.agrees(&format!("Change {}?", files.join(", ")))
}

/// The files that are written and those that go, by their paths from the workspace's root.
fn changed(plan: &Plan, workspace: &Workspace) -> (Vec<String>, Vec<String>) {
    let changed = plan.files.changed().into_iter();
    let (written, removed): (Vec<_>, Vec<_>) = changed.partition(|edit| edit.after.is_some());
    let paths = |edits: Vec<Edit<'_>>| edits.into_iter().map(|edit| workspace.shown(edit.path)).collect();
    (paths(written), paths(removed))
}

/// For whom: what is named, else the package of the current directory, else the whole of a workspace that has no package
/// in its root.
fn scope<'a>(args: &DeclareArgs, workspace: &'a Workspace) -> Result<Scope<'a>, Failure> {
    if args.workspace {
        return Ok(Scope::Workspace);
    }
    if args.package.is_empty() {
        let here = workspace
            .members
            .iter()
            .find(|member| member.manifest == workspace.manifest);
        return Ok(here.map_or(Scope::Workspace, |member| Scope::Packages(vec![member])));
    }
    let named = args.package.iter().map(|spec| {
        let is_meant =
            |member: &&Member| *spec == member.name || *spec == format!("{}@{}", member.name, member.version);
        workspace.members.iter().find(is_meant).ok_or_else(|| {
            Failure::new(
                format!("`{spec}` is not a package of this workspace"),
                Some("`cargo metadata --no-deps` lists those that are".to_owned()),
            )
        })
    });
    named.collect::<Result<_, _>>().map(Scope::Packages)
}

/// What is wished for. The command line has let through nothing but words that are known.
fn wish(args: &DeclareArgs) -> Wish {
    let uses = [
        (AiUse::TrainAi, &args.train_ai),
        (AiUse::AiInput, &args.ai_input),
        (AiUse::UseRestrictions, &args.use_restrictions),
        (AiUse::TrainOnOutput, &args.train_on_output),
    ];
    let value = |word: &String| word.parse::<UseValue>().ok();
    let uses = uses
        .into_iter()
        .filter_map(|(ai_use, word)| Some((ai_use, word.as_ref().and_then(value)?)));
    let conditions = args.condition.iter().filter_map(|word| word.parse().ok());
    Wish {
        preset: args.preset.as_deref().and_then(Preset::named),
        uses: uses.collect(),
        conditions: conditions.collect(),
        search: args.search.as_ref().and_then(value),
        terms: args.terms.as_deref().map(TermsAt::new),
        contact: args.contact.clone(),
    }
}

fn elsewhere(args: &DeclareArgs) -> Elsewhere {
    Elsewhere {
        rider: match args.rider {
            None => RiderWish::Keep,
            Some(RiderArg::And) => RiderWish::Have(RiderForm::And),
            Some(RiderArg::With) => RiderWish::Have(RiderForm::With),
            Some(RiderArg::None) => RiderWish::TakeOut,
        },
        readme: args.readme,
        signals: Signal::ALL
            .into_iter()
            .filter(|signal| asks_for(args, *signal))
            .collect(),
    }
}

fn asks_for(args: &DeclareArgs, signal: Signal) -> bool {
    match signal {
        Signal::AiTxt => args.ai_txt,
        Signal::TdmRep => args.tdmrep,
        Signal::Robots => args.robots,
    }
}

/// Prints what is declared for the first package in another vocabulary, and says what that loses.
fn export(vocabulary: Vocabulary, plan: &Plan, workspace: &Workspace, console: &Console) -> Result<Exit, Failure> {
    let Some(declared) = plan.declared.first() else {
        return Err(Failure::new("no package of this workspace is published", None));
    };
    let member = workspace
        .members
        .iter()
        .find(|member| member.spec() == declared.package);
    let subject = member.map(signals::subject).unwrap_or_default();
    let translation = vocabulary.write(&declared.terms, &subject);
    console.write(|out, _| write!(out, "{}", translation.text))?;
    for loss in &translation.losses {
        console.tell(|err, _| writeln!(err, "note: {loss}"));
    }
    Ok(Exit::Clean)
}

fn tell(plan: &Plan, workspace: &Workspace, args: &DeclareArgs, console: &Console) -> Result<(), Failure> {
    for warning in &plan.warnings {
        console.tell(|err, terminal| {
            warning.write(terminal, err)?;
            writeln!(err)
        });
    }
    let (written, removed) = changed(plan, workspace);
    let declared = Declared {
        packages: &plan.declared,
        written: &written,
        removed: &removed,
        is_check: args.check,
    };
    console.write(|out, terminal| write(&declared, terminal, out))?;
    Ok(())
}
