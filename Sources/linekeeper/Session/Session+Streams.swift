import LinekeeperProto
import LinekeeperRPC

/// What takes the items of a stream and keeps count of them.
protocol StreamTally: Sendable {
    associatedtype Item: ProtoMessage

    /// Takes an item: counts it, shows it.
    mutating func take(_ item: Item) throws(CLIError)

    /// Nothing more is wanted.
    var isComplete: Bool { get }
}

/// How a stream has ended.
enum StreamEnding {
    case complete
    /// Somebody pressed Ctrl-C.
    case interrupted
    case failed(CLIError)
}

extension Session {
    /// Follows streams one after the other, until they end, one fails or somebody presses Ctrl-C.
    ///
    /// There is no time limit unless the user sets one: a large import takes its time.
    ///
    /// - Returns: The tally with all that was taken, however it ended.
    func follow<Tally: StreamTally>(
        _ requests: [some ProtoMessage], _ method: String, with tally: Tally, isRead: Bool = false
    ) async -> (tally: Tally, ending: StreamEnding) {
        let outcome = await Interrupt.ending {
            await following(requests, method, with: tally, isRead: isRead)
        }
        return outcome ?? (tally, .interrupted)
    }

    private func following<Tally: StreamTally>(
        _ requests: [some ProtoMessage], _ method: String, with tally: Tally, isRead: Bool
    ) async -> (tally: Tally, ending: StreamEnding) {
        var tally = tally
        do throws(CLIError) {
            for request in requests {
                var options = options(isRead: isRead)
                options.timeout = timeout
                let stream = client.stream(request, method, Tally.Item.self, options)
                var items = stream.makeAsyncIterator()
                while !tally.isComplete, let item = try await Self.next(&items) {
                    try tally.take(item)
                }
            }
            return (tally, .complete)
        } catch {
            if case .status(let status) = error, status.code == .cancelled, Task.isCancelled {
                return (tally, .interrupted)
            }
            return (tally, .failed(error))
        }
    }

    private static func next<Item: ProtoMessage>(
        _ items: inout ClientStream<Item>.AsyncIterator
    ) async throws(CLIError) -> Item? {
        do throws(Status) {
            return try await items.next()
        } catch {
            throw .status(error)
        }
    }
}
