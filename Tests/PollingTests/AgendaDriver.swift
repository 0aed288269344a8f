@testable import Polling

/// Plays a whole fleet against the agenda without any task: an event loop over virtual time.
///
/// How long each action takes and how it ends is asked of closures; nil as a length is a call that never returns.
struct AgendaDriver {
    typealias Agenda = PollAgenda<Int, String>
    typealias Action = Agenda.Action

    struct Start: Equatable {
        let action: Action
        let at: Duration
    }

    private struct Running {
        let action: Action
        let end: Duration?
    }

    var agenda: Agenda
    var now = Duration.zero
    var starts: [Start] = []
    var length: (Action) -> Duration? = { _ in .ms(100) }
    var verdict: (Int) -> PollVerdict = { _ in .success }
    var taskVerdict: (String, Int) -> TaskReadVerdict = { _, _ in .done }
    var awaiting: (Int) -> [String] = { _ in [] }
    var links: (Int) -> [String] = { _ in [] }
    var watch: (Agenda, Duration) -> Void = { _, _ in }
    private var running: [Running] = []

    init(concurrency: Int, clusters: Int, plan: PollPlan = PollPlan()) {
        agenda = Agenda(concurrency: concurrency)
        agenda.update((0..<clusters).map { PollTarget(id: $0, plan: plan) }, repaired: [], at: .zero)
    }

    var inFlight: [Action] { running.map(\.action) }

    /// Lets time pass until everything before the given instant has happened.
    mutating func advance(to end: Duration) {
        startAll()
        while let next = nextEvent, next <= end {
            now = next
            for ended in running.filter({ $0.end.map { $0 <= now } ?? false }) { finish(ended.action) }
            running.removeAll { $0.end.map { $0 <= now } ?? false }
            startAll()
        }
        now = end
    }

    func polls(of id: Int) -> [Duration] {
        starts.filter { $0.action == .poll(id) }.map(\.at)
    }

    private var nextEvent: Duration? {
        (running.compactMap(\.end) + [agenda.nextDue].compactMap(\.self)).min().map { max($0, now) }
    }

    private mutating func startAll() {
        while let action = agenda.nextAction(at: now) {
            starts.append(Start(action: action, at: now))
            running.append(Running(action: action, end: length(action).map { now + $0 }))
        }
        watch(agenda, now)
    }

    private mutating func finish(_ action: Action) {
        switch action {
        case .poll(let id):
            let verdict = verdict(id)
            let awaiting = verdict == .success ? awaiting(id) : []
            agenda.pollFinished(id, verdict, awaiting: awaiting, at: now, jitter: 0)
        case .collect(let id):
            agenda.collected(links(id), of: id, at: now)
        case .readTasks(let subject, let id):
            agenda.tasksRead(subject, of: id, taskVerdict(subject, id), at: now, jitter: 0)
        }
    }
}
