import ArgumentParser
import LinekeeperProto

struct Workspaces: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Manage workspaces. Needs an admin token.",
        subcommands: [
            List.self, CreateWorkspace.self, Show.self, UpdateWorkspace.self, Delete.self,
        ],
        defaultSubcommand: List.self)

    struct List: SessionCommand {
        static let configuration = CommandConfiguration(abstract: "List the workspaces.")

        @Option(help: "Part of the name or id.")
        var text: String?
        @OptionGroup var list: ListOptions
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let found = try await session.pages(list.countMax) { page throws(CLIError) in
                try await session.read(
                    Proto.ListWorkspacesRequest.with {
                        $0.text = text ?? ""
                        $0.page = page
                    }, "/linekeeper.v1.AdminService/ListWorkspaces",
                    Proto.ListWorkspacesResponse.self)
            } next: {
                $0.nextPageToken
            } merge: {
                $0.workspaces += $1.workspaces
                $0.nextPageToken = $1.nextPageToken
            }
            try session.show(found) { found in
                guard !found.workspaces.isEmpty else {
                    session.output.note(
                        text == nil
                            ? "No workspaces yet. Make one: linekeeper workspaces create NAME"
                            : "No workspace matches.")
                    return
                }
                session.output.table(WorkspaceView.table(found.workspaces))
            }
            session.noteRest(found.nextPageToken)
        }
    }

    struct Show: SessionCommand {
        static let configuration = CommandConfiguration(abstract: "Show a workspace.")

        @Argument(help: "The workspace, by id or name.")
        var name: String?
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.naming(name).workspaceID()
            let response = try await session.read(
                Proto.GetWorkspaceRequest.with { $0.workspaceID = workspaceID },
                "/linekeeper.v1.AdminService/GetWorkspace", Proto.GetWorkspaceResponse.self)
            try session.show(response.workspace ?? Proto.Workspace()) {
                session.output.details(WorkspaceView.details($0, session.output.times))
            }
        }
    }

    struct Delete: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a workspace with everything in it.")

        @Argument(help: "The workspace, by id or name.")
        var name: String
        @Flag(help: "Give its bought numbers back to their carriers.")
        var releaseNumbers = false
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.naming(name).workspaceID()
            let found = try await session.read(
                Proto.GetWorkspaceRequest.with { $0.workspaceID = workspaceID },
                "/linekeeper.v1.AdminService/GetWorkspace", Proto.GetWorkspaceResponse.self)
            let workspace = found.workspace ?? Proto.Workspace()
            try session.question.confirm(
                "This deletes the workspace \(workspace.name) with its "
                    + "\(ProgressBar.counted(workspace.numberCount, "number")), its agents and its "
                    + "history.", typing: workspace.name)
            let response = try await session.change(
                Proto.DeleteWorkspaceRequest.with {
                    $0.workspaceID = workspaceID
                    $0.confirmName = workspace.name
                    $0.releaseNumbers = releaseNumbers
                }, "/linekeeper.v1.AdminService/DeleteWorkspace",
                Proto.DeleteWorkspaceResponse.self)
            try session.show(response) {
                session.output.line(
                    "The workspace \(SafeText.shown(workspace.name)) is deleted, with "
                        + "\(ProgressBar.counted($0.numbersRemoved, "number")).")
            }
        }
    }
}

extension Session {
    /// The session for another workspace than the options say, where a command names one.
    func naming(_ workspace: String?) -> Session {
        Session(
            client: client, output: output, question: question, timeout: timeout,
            workspace: workspace ?? self.workspace)
    }
}

enum WorkspaceView {
    static func table(_ workspaces: [Proto.Workspace]) -> Table {
        var table = Table([
            .init("name"), .init("id"), .init("plan"), .init("numbers", .right),
            .init("credits", .right), .init("one number for"), .init("calls out"),
        ])
        for workspace in workspaces {
            table.add([
                .init(workspace.name), .init(workspace.workspaceID, .faint),
                .init(workspace.plan.shown), .init(String(workspace.numberCount)),
                .init(String(workspace.creditBalance)), .init(exclusivity(workspace)),
                workspace.outboundLocked ? .init("locked", .bad) : .init("allowed", .good),
            ])
        }
        return table
    }

    static func details(_ workspace: Proto.Workspace, _ times: TimeText) -> Details {
        var details = Details()
        details.add("name", workspace.name, .heading)
        details.add("id", workspace.workspaceID)
        details.add("plan", workspace.plan.shown)
        details.add("flags", workspace.featureFlags.joined(separator: ", "))
        details.add("numbers", String(workspace.numberCount))
        details.add("credits", String(workspace.creditBalance))
        details.add("allowance", "\(workspace.monthlyAllowanceCredits) a month")
        details.add("one number for", exclusivity(workspace))
        details.add("calls out", workspace.outboundLocked ? "locked" : "allowed")
        details.add(
            "may call", workspace.allowedDestinationPrefixes.joined(separator: ", "))
        details.add("since", times.text(workspace.createdAt))
        details.add("changed", times.text(workspace.updatedAt))
        details.add("version", String(workspace.version))
        return details
    }

    private static func exclusivity(_ workspace: Proto.Workspace) -> String {
        switch workspace.numberExclusivity {
        case .agent: "one agent"
        case .profile: "an agent each use"
        case .unspecified, .unrecognized: ""
        }
    }
}
