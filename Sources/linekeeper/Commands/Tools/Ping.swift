import ArgumentParser
import LinekeeperRPC

struct Ping: SessionCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure how long the server takes to answer.",
        discussion: "Needs no token. A server allows one ping a second, and ten at once.")

    @Option(name: [.short, .long], help: "How often.")
    var count = 5
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (1...10_000).contains(count) else {
            throw ValidationError("--count is within 1 and 10000.")
        }
    }

    func run(_ session: Session) async throws(CLIError) {
        let options = session.options(isRead: true)
        var times: [Duration] = []
        do {
            // The first one pays for the connection.
            _ = try await session.client.ping(options)
            for number in 0..<count {
                // Beyond a burst, as fast as the server allows.
                if number >= 8 { try await Task.sleep(for: .seconds(1)) }
                times.append(try await session.client.ping(options))
            }
        } catch let status as Status {
            throw .status(status)
        } catch {
            return
        }
        let statistics = PingStatistics(times)
        let address = "\(session.client.configuration.host):\(session.client.configuration.port)"
        session.output.line(
            session.output.isJSON ? statistics.json : "\(address): \(statistics.text)")
    }
}

/// What round trips amount to.
struct PingStatistics: Equatable {
    let count: Int
    let least: Duration
    let median: Duration
    let mean: Duration
    let most: Duration

    /// - Parameter times: At least one.
    init(_ times: [Duration]) {
        precondition(!times.isEmpty, "statistics need a round trip")
        let sorted = times.sorted()
        count = sorted.count
        least = sorted[0]
        median = sorted[sorted.count / 2]
        mean = sorted.reduce(.zero, +) / sorted.count
        most = sorted[sorted.count - 1]
    }

    var text: String {
        "\(count) round trips, least \(TimeText.milliseconds(least)), median "
            + "\(TimeText.milliseconds(median)), mean \(TimeText.milliseconds(mean)), most "
            + TimeText.milliseconds(most)
    }

    var json: String {
        let values = [("least", least), ("median", median), ("mean", mean), ("most", most)]
            .map { name, value in "\"\(name)Ms\":\(TimeText.milliseconds(value).dropLast(3))" }
        return "{\"count\":\(count),\(values.joined(separator: ","))}"
    }
}
