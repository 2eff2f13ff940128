import ArgumentParser
import LinekeeperProto

struct CreateWorkspace: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a workspace.")

    @Argument(help: "Its name.")
    var name: String
    @OptionGroup var settings: WorkspaceSettings
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let response = try await session.change(
            Proto.CreateWorkspaceRequest.with {
                $0.name = name
                $0.plan = settings.plan ?? .unspecified
                $0.featureFlags = settings.flag
                $0.monthlyAllowanceCredits = settings.allowance ?? 0
                $0.numberExclusivity = settings.exclusivity ?? .unspecified
                $0.allowedDestinationPrefixes = settings.allowPrefix
            }, "/linekeeper.v1.AdminService/CreateWorkspace", Proto.CreateWorkspaceResponse.self,
            doubt: .look("linekeeper workspaces"))
        try session.show(response.workspace ?? Proto.Workspace()) {
            session.output.details(WorkspaceView.details($0, session.output.times))
        }
    }
}

struct UpdateWorkspace: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Change a workspace's settings.")

    @Argument(help: "The workspace, by id or name.")
    var workspaceName: String
    @Option(help: "Its new name.")
    var name: String?
    @OptionGroup var settings: WorkspaceSettings
    @Flag(help: "Take every flag away.")
    var noFlags = false
    @Flag(help: "Let its numbers call everywhere.")
    var allowAll = false
    @Option(help: ArgumentHelp("Only if it has this version still.", valueName: "version"))
    var expectedVersion: UInt64?
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        var request = request()
        guard request != Proto.UpdateWorkspaceRequest() else {
            throw .usage("Say what to change; see 'linekeeper workspaces update --help'.")
        }
        request.workspaceID = try await session.naming(workspaceName).workspaceID()
        let response = try await session.change(
            request, "/linekeeper.v1.AdminService/UpdateWorkspace",
            Proto.UpdateWorkspaceResponse.self)
        try session.show(response.workspace ?? Proto.Workspace()) {
            session.output.details(WorkspaceView.details($0, session.output.times))
        }
    }

    /// What is to change; the workspace comes later.
    func request() -> Proto.UpdateWorkspaceRequest {
        .with {
            $0.name = name
            $0.plan = settings.plan ?? .unspecified
            $0.monthlyAllowanceCredits = settings.allowance
            $0.numberExclusivity = settings.exclusivity ?? .unspecified
            if !settings.flag.isEmpty || noFlags {
                $0.featureFlags = .with { $0.values = noFlags ? [] : settings.flag }
            }
            if !settings.allowPrefix.isEmpty || allowAll {
                $0.allowedDestinationPrefixes = .with {
                    $0.values = allowAll ? [] : settings.allowPrefix
                }
            }
            $0.expectedVersion = expectedVersion
        }
    }
}

struct WorkspaceSettings: ParsableArguments {
    @Option(help: "\(choices(Proto.Plan.self))", transform: enumArgument)
    var plan: Proto.Plan?
    @Option(help: ArgumentHelp("A feature flag; may be repeated.", valueName: "name"))
    var flag: [String] = []
    @Option(help: ArgumentHelp("Credits that it gets each month.", valueName: "credits"))
    var allowance: Int64?
    @Option(
        help: ArgumentHelp(
            "Whether a number is one agent's, or each use of it may be another's: "
                + "\(choiceNames(Proto.NumberExclusivity.self).list)."),
        transform: enumArgument)
    var exclusivity: Proto.NumberExclusivity?
    @Option(
        help: ArgumentHelp(
            "Where its numbers may call: a prefix like +49; may be repeated.",
            valueName: "prefix"))
    var allowPrefix: [String] = []
}
