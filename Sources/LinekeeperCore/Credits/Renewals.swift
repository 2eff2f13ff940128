/// The monthly price of bought numbers, taken on the day of the month on which each was bought.
///
///     active ──renewal paid──▶ active
///        └──too few credits──▶ pastDue ──paid at a later try──▶ active
///
/// Nothing is taken away by itself: a number past due goes on working, and is tried again every day
/// and whenever credits arrive. Months that pass unpaid are not added up: what is paid in the end is
/// the month that runs then.
public enum Renewals {
    /// Numbers that ``takeDue(newID:through:)`` renews in one commit.
    public static let dueMax = 200
    /// How long after a failed try the next follows: a day.
    public static let retrySeconds: Int64 = 86_400

    /// Renews up to ``dueMax`` numbers whose time has come, the longest due first.
    ///
    /// - Returns: how many were due; as many as ``dueMax`` means that more may be.
    public static func takeDue(
        newID: () -> CreditEntryID, through writer: any StoreWriter
    ) throws(DomainError) -> Int {
        let due = try writer.renewalsDue(by: writer.request.at, limit: dueMax)
        for key in due {
            guard let record = try writer.numberRecord(key),
                let facts = writer.routes.number(record.e164), facts.key == key
            else {
                throw DomainError(.corruptData, "A number that is to be renewed is not known.")
            }
            try renew(record, facts, newID: newID(), through: writer)
        }
        return due.count
    }

    /// Has the numbers of a workspace that are past due tried again at once: credits have arrived.
    public static func retry(
        in workspace: WorkspaceKey, through writer: any StoreWriter
    ) throws(DomainError) {
        try writer.makePastDueRenewalsDue(in: workspace, at: writer.request.at)
    }

    private static func renew(
        _ record: NumberRecord, _ facts: NumberFacts, newID: CreditEntryID,
        through writer: any StoreWriter
    ) throws(DomainError) {
        var after = record
        let isPaid = try pay(record, facts, newID: newID, through: writer)
        if isPaid {
            after.status = .active
            after.renewsAt = MonthlySchedule(anchor: record.createdAt)
                .next(after: writer.request.at)
        } else {
            after.status = .pastDue
            after.renewsAt = writer.request.at.adding(seconds: retrySeconds)
        }
        let isNews = isPaid || after.status != record.status
        if isNews {
            after.version = facts.version &+ 1
            after.updatedAt = writer.request.at
        }
        try writer.updateRenewal(of: after)
        guard isNews else { return }
        var changed = facts
        changed.status = after.status
        changed.version = after.version
        writer.routes.put(changed)
        try writer.append(
            NewEvent(
                isPaid ? "number.renewed" : "number.past_due", workspace: facts.workspace,
                number: record.id, e164: record.e164,
                detailsJSON: NumberDifference.json(from: record, to: after)))
    }

    /// Debits the month; false where the balance does not cover it.
    private static func pay(
        _ record: NumberRecord, _ facts: NumberFacts, newID: CreditEntryID,
        through writer: any StoreWriter
    ) throws(DomainError) -> Bool {
        guard record.monthlyCostCredits > 0 else { return true }
        do throws(DomainError) {
            _ = try Ledger.append(
                NewCreditEntry(
                    id: newID, workspace: facts.workspace, credits: -record.monthlyCostCredits,
                    kind: .renewal, note: "\(record.e164), another month", number: record.id),
                through: writer)
            return true
        } catch {
            guard error.reason == .insufficientCredits else { throw error }
            return false
        }
    }
}
