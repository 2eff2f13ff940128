import ArgumentParser
import LinekeeperProto
import LinekeeperRPC

struct Watch: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show every change of routing as it happens, until Ctrl-C.",
        discussion: """
            After a lost connection it goes on where it was. The resume token of each change is in \
            the JSON; --resume begins after it.
            """)

    @Option(help: ArgumentHelp("Begin after this change.", valueName: "token"))
    var resume: String?
    @Option(
        name: [.short, .long], help: ArgumentHelp("End after this many changes.", valueName: "n"))
    var count: Int?
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        // With a platform token and no workspace named: every workspace.
        let workspaceID = session.workspace == nil ? "" : try await session.workspaceID()
        let follower = ChangeFollower(
            session: session, workspaceID: workspaceID, resumeToken: resume ?? "", countMax: count)
        let outcome = await Interrupt.ending { await follower.run() }
        if case .failure(let error) = outcome { throw error }
    }
}

/// Follows the changes across connections that are lost.
private struct ChangeFollower: Sendable {
    let session: Session
    let workspaceID: String
    let resumeToken: String
    let countMax: Int?

    func run() async -> Result<Void, CLIError> {
        var token = resumeToken
        var shown = 0
        var wasConnected = false
        while true {
            let request = Proto.WatchRoutesRequest.with {
                $0.workspaceID = workspaceID
                $0.resumeToken = token
            }
            // Once it has worked, a server that goes away is waited for.
            let options = CallOptions(isRead: true, waitsForServer: wasConnected)
            do {
                let changes = session.client.stream(
                    request, "/linekeeper.v1.AssignmentService/WatchRoutes",
                    Proto.RouteChange.self, options)
                for try await change in changes {
                    wasConnected = true
                    token = change.resumeToken
                    if change.kind == .ready {
                        session.output.note("Watching. Ctrl-C ends it.", .faint)
                        if !session.output.isJSON { continue }
                    }
                    try show(change)
                    if change.kind != .ready { shown += 1 }
                    if let countMax, shown >= countMax { return .success(()) }
                }
                session.output.note("The server ended the stream; it goes on from there.", .faint)
            } catch let error as CLIError {
                return .failure(error)
            } catch let status as Status {
                if status.code == .cancelled { return .success(()) }
                guard wasConnected, status.code == .unavailable else {
                    return .failure(.status(status))
                }
                session.output.note(
                    "Connection lost; it goes on when the server is back.", .doubtful)
            } catch {
                return .failure(.unreadable(String(describing: error)))
            }
            do { try await Task.sleep(for: .milliseconds(200)) } catch { return .success(()) }
        }
    }

    private func show(_ change: Proto.RouteChange) throws(CLIError) {
        if session.output.isJSON {
            try session.output.json(change, pretty: false)
        } else {
            session.output.line(ChangeView.line(change, session.output))
        }
    }
}

enum ChangeView {
    /// `10:08:03  assignments.updated  +14155550100  agt_1  {...}`
    static func line(_ change: Proto.RouteChange, _ output: Output) -> String {
        let time = output.times.text(change.at).split(separator: " ").last.map(String.init) ?? ""
        let parts = [
            Style.faint.applied(to: time, color: output.out.color),
            Style.heading.applied(to: SafeText.shown(change.action), color: output.out.color),
            SafeText.shown(change.e164), SafeText.shown(change.agentID),
            SafeText.shown(change.detailsJson),
        ]
        return parts.joined(by: "  ")
    }
}
