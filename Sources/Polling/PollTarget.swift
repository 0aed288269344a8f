/// One cluster the poller is to ask, and how often.
package struct PollTarget<ID: Hashable & Sendable>: Sendable {
    /// Who is asked; its description (`String(describing:)`) decides its place in the interval, so it must be the same
    /// in every process.
    package var id: ID

    /// How often.
    package var plan: PollPlan

    /// A target with the default plan unless one is given.
    package init(id: ID, plan: PollPlan = PollPlan()) {
        self.id = id
        self.plan = plan
    }
}
