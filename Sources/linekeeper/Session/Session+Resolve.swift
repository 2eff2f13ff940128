import LinekeeperProto
import LinekeeperRPC

// Names that people use become the ids that the server uses.
extension Session {
    /// The id to send as `workspace_id`; empty where the token decides.
    func workspaceID() async throws(CLIError) -> String {
        if let workspace, workspace.hasPrefix("wsp_") { return workspace }
        let found: Proto.ListWorkspacesResponse
        do throws(CLIError) {
            found = try await read(
                Proto.ListWorkspacesRequest.with {
                    $0.text = workspace ?? ""
                    $0.page = .with { $0.pageSize = 100 }
                }, "/linekeeper.v1.AdminService/ListWorkspaces", Proto.ListWorkspacesResponse.self)
        } catch {
            // A token of one workspace may not list them, and needs not.
            guard case .status(let status) = error, status.code == .permissionDenied else {
                throw error
            }
            guard workspace == nil else {
                throw .usage(
                    "This token belongs to one workspace: leave --workspace out, or give its id.")
            }
            return ""
        }
        return try Self.choose(workspace, among: found.workspaces).workspaceID
    }

    /// The workspace that is meant.
    static func choose(
        _ name: String?, among workspaces: [Proto.Workspace]
    ) throws(CLIError) -> Proto.Workspace {
        guard let name else {
            switch workspaces.count {
            case 1: return workspaces[0]
            case 0:
                throw .usage(
                    "There is no workspace yet. Make one: linekeeper workspaces create NAME")
            default:
                let names = workspaces.prefix(5).map(\.name).joined(separator: ", ")
                throw .usage(
                    "There are several workspaces (\(names)\(workspaces.count > 5 ? ", ..." : "")): "
                        + "say which with --workspace.")
            }
        }
        let matches = workspaces.filter { $0.name == name || $0.workspaceID == name }
        switch matches.count {
        case 1: return matches[0]
        case 0:
            throw .usage(
                "There is no workspace \(name). See them with 'linekeeper workspaces list'.")
        default:
            throw .usage(
                "\(matches.count) workspaces are named \(name): give the id, "
                    + matches.map(\.workspaceID).joined(separator: " or ") + ".")
        }
    }

    /// The number that a command names.
    func number(
        _ text: String, in workspaceID: String
    ) async throws(CLIError) -> Proto.PhoneNumber {
        let reference = try NumberReference(text)
        let response = try await read(
            Proto.GetNumberRequest.with {
                $0.workspaceID = workspaceID
                switch reference {
                case .id(let id): $0.number = .numberID(id)
                case .e164(let e164): $0.number = .e164(e164)
                }
            }, "/linekeeper.v1.NumberService/GetNumber", Proto.GetNumberResponse.self)
        guard let number = response.number else {
            throw .unreadable("The server answered without the number.")
        }
        return number
    }

    /// The id of the number that a command names; asks the server only where it must.
    func numberID(_ text: String, in workspaceID: String) async throws(CLIError) -> String {
        if case .id(let id) = try NumberReference(text) { return id }
        return try await number(text, in: workspaceID).numberID
    }

    /// The connection that a command names; the only one where it names none.
    func connection(
        _ name: String?, in workspaceID: String
    ) async throws(CLIError) -> Proto.Connection {
        let listed = try await pages(nil) { page throws(CLIError) in
            try await read(
                Proto.ListConnectionsRequest.with {
                    $0.workspaceID = workspaceID
                    $0.page = page
                }, "/linekeeper.v1.CarrierService/ListConnections",
                Proto.ListConnectionsResponse.self)
        } next: {
            $0.nextPageToken
        } merge: {
            $0.connections += $1.connections
            $0.nextPageToken = $1.nextPageToken
        }
        return try Self.choose(name, among: listed.connections)
    }

    static func choose(
        _ name: String?, among connections: [Proto.Connection]
    ) throws(CLIError) -> Proto.Connection {
        guard let name else {
            switch connections.count {
            case 1: return connections[0]
            case 0:
                throw .usage(
                    "There is no connection yet. Make one: linekeeper connect twilio|telnyx|sip")
            default: throw .usage("There are several connections: say which with --connection.")
            }
        }
        let matches = connections.filter { $0.connectionID == name || $0.name == name }
        guard matches.count < 2 else {
            throw .usage(
                "\(matches.count) connections are named \(name): give the id, "
                    + matches.map(\.connectionID).joined(separator: " or ") + ".")
        }
        guard let match = matches.first else {
            throw .usage(
                "There is no connection \(name). See them with 'linekeeper connections list'.")
        }
        return match
    }
}
