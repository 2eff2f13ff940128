/// Writes what is to be done at carriers.
public protocol CarrierTaskWriter: AnyObject {
    /// Adds a task for a number. It takes the place of one of the same kind, whose outcome no longer
    /// counts.
    ///
    /// - Parameters:
    ///   - detailsJSON: `region` for setRegion, without it the carrier's default;
    ///     `carrier_number_id` for a release that may concern no other number of this E.164.
    ///   - dueAt: When the runner takes it up; later than now where the caller does it at once by
    ///     itself.
    @discardableResult
    func insertCarrierTask(
        number: NumberKey, workspace: WorkspaceKey, kind: CarrierTaskKind, detailsJSON: String,
        dueAt: Timestamp
    ) throws(DomainError) -> CarrierTaskKey
    /// Whether a release of a number with this E.164 waits to be done.
    func isBeingGivenBack(_ e164: E164) throws(DomainError) -> Bool
    /// A task that is still to be done.
    func carrierTask(_ key: CarrierTaskKey) throws(DomainError) -> CarrierTask?
    /// The tasks of a number in the order in which they were added.
    func carrierTasks(of number: NumberKey) throws(DomainError) -> [CarrierTask]
    /// Writes attempt, last error and when it is due.
    func updateCarrierTask(_ task: CarrierTask) throws(DomainError)
    /// Forgets a task: done, or given up.
    func deleteCarrierTask(_ key: CarrierTaskKey) throws(DomainError)
    /// Makes every task due: at the start nobody is at work on any.
    func makeCarrierTasksDue(at moment: Timestamp) throws(DomainError)
    /// What is known of a number at its carrier.
    func carrierSide(of number: NumberKey) throws(DomainError) -> CarrierSide
    /// Writes what is known of a number at its carrier, without a change of its version.
    func updateCarrierSide(_ side: CarrierSide, of number: NumberKey) throws(DomainError)
    /// Writes webhook mode, region, type, capabilities, region label, version and time of change.
    func updateCarrierSettings(_ number: NumberRecord) throws(DomainError)
}

/// Reads what is to be done at carriers.
public protocol CarrierTaskReader: AnyObject {
    /// Tasks whose time has come, the longest due first.
    func carrierTasksDue(by moment: Timestamp, limit: Int) throws(DomainError) -> [CarrierTask]
    /// A task that is still to be done.
    func carrierTask(_ key: CarrierTaskKey) throws(DomainError) -> CarrierTask?
    /// The tasks of a number in the order in which they were added.
    func carrierTasks(of number: NumberKey) throws(DomainError) -> [CarrierTask]
    /// What is known of a number at its carrier.
    func carrierSide(of number: NumberKey) throws(DomainError) -> CarrierSide
}

extension CarrierTaskWriter {
    /// The task of a kind that a number has, if it has one.
    public func carrierTask(
        _ kind: CarrierTaskKind, of number: NumberKey
    ) throws(DomainError) -> CarrierTask? {
        try carrierTasks(of: number).first { $0.kind == kind }
    }
}
