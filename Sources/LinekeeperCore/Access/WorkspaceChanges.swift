/// What can be done to a workspace. Each runs on the writer, decides, writes and tells.
public enum WorkspaceChanges {
    /// Makes a workspace and grants it its first month's allowance.
    ///
    /// - Parameter firstEntry: The id of that grant in the ledger.
    /// - Throws: `invalidArgument` naming the setting that cannot be.
    public static func create(
        _ draft: WorkspaceRecord, firstEntry: CreditEntryID, in writer: any StoreWriter
    ) throws(DomainError) -> WorkspaceRecord {
        try WorkspaceRules.check(draft)
        var workspace = draft
        workspace.key = try writer.insertWorkspace(draft)
        writer.routes.put(facts(of: workspace, keepingLocksOf: nil))
        try writer.append(
            NewEvent(
                "workspace.created", workspace: workspace.key,
                detailsJSON: JSON.object([("after", settings(of: workspace))]).text,
                routeChange: .workspace))
        workspace.creditBalance = try Allowances.start(
            workspace, newID: firstEntry, through: writer)
        return workspace
    }

    /// Changes a workspace's settings.
    ///
    /// - Throws: `workspaceNotFound`, `versionMismatch`, `invalidArgument`, or `profileTaken` when
    ///   numbers are shared that the policy no longer lets be shared.
    public static func update(
        _ id: WorkspaceID, expectedVersion: UInt64?, in writer: any StoreWriter,
        _ change: (inout WorkspaceRecord) throws(DomainError) -> Void
    ) throws(DomainError) -> WorkspaceRecord {
        let before = try existing(id, in: writer)
        if let expectedVersion, expectedVersion != before.version {
            throw DomainError(
                .versionMismatch,
                "The workspace is at version \(before.version), not \(expectedVersion): "
                    + "read it again and repeat the change.",
                facts: ["version": "\(before.version)"])
        }
        var after = before
        try change(&after)
        try WorkspaceRules.check(after)
        if after.exclusivity == .agent, before.exclusivity == .profile {
            let shared = try writer.sharedNumberCount(of: before.key)
            guard shared == 0 else {
                throw DomainError(
                    .profileTaken,
                    "\(shared) numbers serve more than one agent: give each of them to one agent "
                        + "before number_exclusivity becomes AGENT.",
                    facts: ["numbers": "\(shared)"], field: "number_exclusivity")
            }
        }
        guard after != before else { return before }
        after.version = before.version &+ 1
        after.updatedAt = writer.request.at
        try writer.updateWorkspace(after)
        writer.routes.put(facts(of: after, keepingLocksOf: writer.routes.workspace(before.key)))
        try writer.append(
            NewEvent(
                "workspace.updated", workspace: after.key,
                detailsJSON: JSON.object([
                    ("before", settings(of: before)), ("after", settings(of: after)),
                ]).text,
                routeChange: .workspace))
        return after
    }

    /// Removes a workspace with all it holds. Its history stays in the store. Bought numbers go back
    /// to their carrier if `releaseNumbers` says so: routing stops at once, tasks ask the carrier.
    ///
    /// - Throws: `workspaceNotFound`, `confirmationMismatch` when the name is not the workspace's,
    ///   `workspaceNotEmpty` when bought numbers would be lost unasked or are still on their way.
    public static func delete(
        _ id: WorkspaceID, confirmName: String, releaseNumbers: Bool, in writer: any StoreWriter
    ) throws(DomainError) -> (workspace: WorkspaceRecord, remains: WorkspaceRemains) {
        let workspace = try existing(id, in: writer)
        guard confirmName == workspace.name else {
            throw DomainError(
                .confirmationMismatch,
                "confirm_name must be the workspace's name, to the letter.",
                field: "confirm_name")
        }
        let bought = try writer.boughtNumbers(of: workspace.key)
        try checkMayGo(bought, releaseNumbers: releaseNumbers)
        for number in bought {
            try NumberRelease.giveBack(number, of: workspace.key, through: writer)
        }
        let remains = try writer.deleteWorkspace(workspace.key, at: writer.request.at)
        for number in remains.numbers { writer.routes.remove(number: number) }
        for agent in remains.agents { writer.routes.remove(agent: agent, in: workspace.key) }
        for connection in remains.connections { writer.routes.remove(connection: connection) }
        writer.routes.remove(workspace: workspace.key)
        try writer.append(
            NewEvent(
                "workspace.deleted", workspace: workspace.key,
                detailsJSON: JSON.object([
                    ("before", settings(of: workspace)),
                    ("numbers_removed", .integer(Int64(remains.numbers.count))),
                ]).text,
                routeChange: .workspace))
        return (workspace, remains)
    }

    private static func checkMayGo(
        _ bought: [WorkspacePurchase], releaseNumbers: Bool
    ) throws(DomainError) {
        guard releaseNumbers || bought.isEmpty else {
            throw DomainError(
                .workspaceNotEmpty,
                "\(bought.count) bought numbers would be lost: release them first, or delete the "
                    + "workspace with release_numbers.",
                facts: ["numbers": "\(bought.count)"])
        }
        let pending = bought.count { $0.status == .pending }
        guard pending == 0 else {
            throw DomainError(
                .workspaceNotEmpty,
                "\(pending) numbers are still being bought: process their orders, and delete the "
                    + "workspace when none is pending.",
                facts: ["numbers": "\(pending)"])
        }
    }

    /// A workspace that must be there.
    ///
    /// - Throws: `workspaceNotFound`.
    public static func existing(
        _ id: WorkspaceID, in writer: any StoreWriter
    ) throws(DomainError) -> WorkspaceRecord {
        guard let workspace = try writer.workspaceRecord(id) else { throw notFound }
        return workspace
    }

    /// The refusal for a workspace that is not there, or not for this caller.
    public static var notFound: DomainError {
        DomainError(
            .workspaceNotFound,
            "There is no such workspace: check workspace_id, or list the workspaces.",
            field: "workspace_id")
    }

    private static func facts(
        of workspace: WorkspaceRecord, keepingLocksOf old: WorkspaceFacts?
    ) -> WorkspaceFacts {
        var facts = WorkspaceFacts(
            key: workspace.key, id: workspace.id, exclusivity: workspace.exclusivity,
            plan: workspace.plan, featureFlags: workspace.featureFlags)
        facts.allowedDestinations = workspace.allowedDestinations
        facts.outboundLocked = old?.outboundLocked ?? false
        facts.lockedNumbers = old?.lockedNumbers ?? []
        return facts
    }

    private static func settings(of workspace: WorkspaceRecord) -> JSON {
        .object([
            ("name", .string(workspace.name)),
            ("plan", .string(workspace.plan == .unlimited ? "UNLIMITED" : "STANDARD")),
            ("feature_flags", .array(workspace.featureFlags.map(JSON.string))),
            ("monthly_allowance_credits", .integer(workspace.monthlyAllowanceCredits)),
            (
                "number_exclusivity",
                .string(workspace.exclusivity == .agent ? "AGENT" : "PROFILE")
            ),
            (
                "allowed_destination_prefixes",
                .array(workspace.allowedDestinations.map { .string($0.description) })
            ),
        ])
    }
}
