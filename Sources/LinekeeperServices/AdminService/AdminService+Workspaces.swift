import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension AdminService {
    func registerWorkspaces(in methods: inout MethodTable) {
        let context = context
        let service = self
        methods.platformMutation(Self.path + "CreateWorkspace", context: context) {
            (request: Proto.CreateWorkspaceRequest, writer, _)
                throws(DomainError) -> Proto.CreateWorkspaceResponse in
            let now = writer.request.at
            let draft = WorkspaceRecord(
                key: WorkspaceKey(rawValue: 0),
                id: context.identifiers.make(WorkspaceKind.self, at: now), name: request.name,
                plan: try FieldChecks.value(request.plan, field: "plan") ?? .standard,
                featureFlags: unique(request.featureFlags),
                monthlyAllowanceCredits: request.monthlyAllowanceCredits,
                exclusivity: try FieldChecks.value(
                    request.numberExclusivity, field: "number_exclusivity") ?? .agent,
                allowedDestinations: try WorkspaceRules.prefixes(
                    request.allowedDestinationPrefixes, field: "allowed_destination_prefixes"),
                createdAt: now)
            let workspace = try WorkspaceChanges.create(
                draft, firstEntry: context.identifiers.make(CreditEntryKind.self, at: now),
                in: writer)
            return .with { $0.workspace = Proto.Workspace(workspace) }
        }

        methods.platformMutation(Self.path + "UpdateWorkspace", context: context) {
            (request: Proto.UpdateWorkspaceRequest, writer, _)
                throws(DomainError) -> Proto.UpdateWorkspaceResponse in
            let workspace = try WorkspaceChanges.update(
                try workspaceID(request.workspaceID), expectedVersion: request.expectedVersion,
                in: writer
            ) { workspace throws(DomainError) in
                if let name = request.name { workspace.name = name }
                if let plan = try FieldChecks.value(request.plan, as: Plan.self, field: "plan") {
                    workspace.plan = plan
                }
                if let flags = request.featureFlags {
                    workspace.featureFlags = unique(flags.values)
                }
                if let credits = request.monthlyAllowanceCredits {
                    workspace.monthlyAllowanceCredits = credits
                }
                if let exclusivity = try FieldChecks.value(
                    request.numberExclusivity, as: NumberExclusivity.self,
                    field: "number_exclusivity")
                {
                    workspace.exclusivity = exclusivity
                }
                if let prefixes = request.allowedDestinationPrefixes {
                    workspace.allowedDestinations = try WorkspaceRules.prefixes(
                        prefixes.values, field: "allowed_destination_prefixes")
                }
            }
            return .with { $0.workspace = Proto.Workspace(workspace) }
        }

        methods.platformMutation(Self.path + "DeleteWorkspace", context: context) {
            (request: Proto.DeleteWorkspaceRequest, writer, effects)
                throws(DomainError) -> Proto.DeleteWorkspaceResponse in
            let (_, remains) = try WorkspaceChanges.delete(
                try workspaceID(request.workspaceID), confirmName: request.confirmName,
                releaseNumbers: request.releaseNumbers, in: writer)
            effects.add { for token in remains.tokens { service.forget(token) } }
            return .with { $0.numbersRemoved = UInt64(remains.numbers.count) }
        }

        methods.platformQuery(Self.path + "GetWorkspace", context: context) {
            (request: Proto.GetWorkspaceRequest, reader)
                throws(DomainError) -> Proto.GetWorkspaceResponse in
            guard let workspace = try reader.workspaceRecord(try workspaceID(request.workspaceID))
            else { throw WorkspaceChanges.notFound }
            return .with { $0.workspace = Proto.Workspace(workspace) }
        }

        methods.platformQuery(Self.path + "ListWorkspaces", context: context) {
            (request: Proto.ListWorkspacesRequest, reader)
                throws(DomainError) -> Proto.ListWorkspacesResponse in
            let page = try reader.workspaces(
                text: request.text, page: try context.pageTokens.page(of: request, in: nil))
            return .with {
                $0.workspaces = page.rows.map { Proto.Workspace($0) }
                $0.nextPageToken = context.pageTokens.token(
                    after: page.next, of: request, in: nil)
            }
        }
    }
}

/// Reads a workspace's id.
///
/// - Throws: `workspaceNotFound` for anything that is none: it names no workspace.
func workspaceID(_ text: String) throws(DomainError) -> WorkspaceID {
    guard let id = WorkspaceID(text) else { throw WorkspaceChanges.notFound }
    return id
}

private func unique(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
}

extension Proto.Workspace {
    /// A workspace on the wire.
    init(_ workspace: WorkspaceRecord) {
        self.init()
        workspaceID = workspace.id.description
        name = workspace.name
        plan = Proto.Plan(workspace.plan)
        featureFlags = workspace.featureFlags
        monthlyAllowanceCredits = workspace.monthlyAllowanceCredits
        numberExclusivity = Proto.NumberExclusivity(workspace.exclusivity)
        creditBalance = workspace.creditBalance
        numberCount = UInt64(clamping: workspace.numberCount)
        outboundLocked = workspace.outboundLocked
        allowedDestinationPrefixes = workspace.allowedDestinations.map(\.description)
        createdAt = Proto.Timestamp(workspace.createdAt)
        updatedAt = Proto.Timestamp(workspace.updatedAt)
        version = workspace.version
    }
}
