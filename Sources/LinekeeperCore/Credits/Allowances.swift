/// The credits that a workspace gets every month, from the day it was made.
public enum Allowances {
    /// Workspaces that ``grantDue(newID:through:)`` serves in one commit.
    public static let dueMax = 200

    /// Grants the first month's allowance to a workspace that has just been made; answers its balance.
    public static func start(
        _ workspace: WorkspaceRecord, newID: CreditEntryID, through writer: any StoreWriter
    ) throws(DomainError) -> Int64 {
        try grant(
            DueAllowance(
                workspace: workspace.key, credits: workspace.monthlyAllowanceCredits,
                since: workspace.createdAt),
            newID: newID, through: writer)
        return try writer.creditBalance(of: workspace.key)
    }

    /// Grants up to ``dueMax`` allowances whose time has come, the longest due first, one each: like
    /// renewals, months that passed while nobody served are not added up.
    ///
    /// - Returns: how many were due; as many as ``dueMax`` means that more may be.
    public static func grantDue(
        newID: () -> CreditEntryID, through writer: any StoreWriter
    ) throws(DomainError) -> Int {
        let due = try writer.allowancesDue(by: writer.request.at, limit: dueMax)
        for allowance in due { try grant(allowance, newID: newID(), through: writer) }
        return due.count
    }

    private static func grant(
        _ due: DueAllowance, newID: CreditEntryID, through writer: any StoreWriter
    ) throws(DomainError) {
        let next = MonthlySchedule(anchor: due.since).next(after: writer.request.at)
        try writer.setNextAllowance(of: due.workspace, at: next)
        guard due.credits > 0 else { return }
        let balance = try Ledger.append(
            NewCreditEntry(
                id: newID, workspace: due.workspace, credits: due.credits, kind: .allowance,
                note: "Monthly allowance"),
            through: writer)
        try Renewals.retry(in: due.workspace, through: writer)
        try writer.append(
            NewEvent(
                "credits.allowance_granted", workspace: due.workspace,
                detailsJSON: JSON.object([
                    ("credits", .integer(due.credits)), ("balance", .integer(balance)),
                    ("entry_id", .string(newID.description)),
                ]).text))
    }
}

/// A month's allowance whose time has come.
public struct DueAllowance: Hashable, Sendable {
    public var workspace: WorkspaceKey
    /// Credits a month; 0: nothing to grant, the month passes.
    public var credits: Int64
    /// When the workspace was made: fixes the day of the month.
    public var since: Timestamp

    /// An allowance that is due.
    public init(workspace: WorkspaceKey, credits: Int64, since: Timestamp) {
        self.workspace = workspace
        self.credits = credits
        self.since = since
    }
}
