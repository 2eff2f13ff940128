import ArgumentParser
import Foundation
import LinekeeperProto
import LinekeeperRPC

struct StatusCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show whether the server serves, and how it is.")

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let health = try await session.read(
            Proto.HealthCheckRequest(), "/grpc.health.v1.Health/Check",
            Proto.HealthCheckResponse.self)
        var server: Proto.GetServerStatusResponse?
        var note = ""
        do throws(CLIError) {
            server = try await session.read(
                Proto.GetServerStatusRequest(), "/linekeeper.v1.AdminService/GetServerStatus",
                Proto.GetServerStatusResponse.self)
        } catch {
            // Health is for everybody; the numbers are an admin's.
            guard case .status(let status) = error,
                [.permissionDenied, .unauthenticated].contains(status.code)
            else { throw error }
            note = "The numbers need an admin token. (\(status.reason))"
        }
        if session.output.isJSON {
            if let server {
                try session.output.json(server, pretty: true)
            } else {
                try session.output.json(health, pretty: true)
            }
        } else {
            session.output.details(
                Self.details(health, server, session.output.times, now: Date()))
            if !note.isEmpty { session.output.note(note, .faint) }
        }
        if health.status != .serving { throw .partlyRefused }
    }

    static func details(
        _ health: Proto.HealthCheckResponse, _ server: Proto.GetServerStatusResponse?,
        _ times: TimeText, now: Date
    ) -> Details {
        var details = Details()
        details.add("health", health.status.name, health.status == .serving ? .good : .bad)
        guard let server else { return details }
        details.add("version", server.version)
        if let started = server.startedAt {
            let seconds = max(Int64(now.timeIntervalSince1970) - started.seconds, 0)
            details.add(
                "up for", "\(TimeText.length(.seconds(seconds))), since \(times.text(started))")
        }
        func count(_ name: String, _ value: UInt64) {
            details.add(name, ProgressBar.grouped(Int(clamping: value)))
        }
        count("workspaces", server.workspaces)
        count("numbers", server.numbers)
        count("agents", server.agents)
        count("connections", server.connections)
        count("calls in flight", server.callsInFlight)
        count("calls", server.callsTotal)
        count("calls refused", server.refusedTotal)
        count("writes queued", server.writesQueued)
        count("commits", server.commitsTotal)
        count("last event", server.lastEventSequence)
        details.add("data", server.dataDirectory)
        details.add("database", mebibytes(server.databaseBytes))
        details.add("log to merge", mebibytes(server.walBytes))
        return details
    }

    private static func mebibytes(_ bytes: UInt64) -> String {
        let tenths = bytes / 104_858
        return "\(tenths / 10).\(tenths % 10) MiB"
    }
}
