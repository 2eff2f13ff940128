import Foundation

/// Ctrl-C, for a command that goes on until somebody has seen enough.
enum Interrupt {
    /// Runs the work and cancels it at SIGINT or SIGTERM; returns what it then ends with.
    static func ending<Value: Sendable>(
        _ work: @escaping @Sendable () async -> Value
    ) async -> Value? {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
        let sources = [SIGINT, SIGTERM].map { number in
            // Left to itself, the signal would end the program before its source is told.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return await withTaskGroup(of: Value?.self) { group in
            group.addTask { await work() }
            group.addTask {
                for await _ in signals { break }
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            // After a signal: what the work says about being cancelled.
            return if let first { first } else { await group.next() ?? nil }
        }
    }
}
