import Synchronization

/// Tells whoever waits that orders have changed. It does not say which: what holds is in the store.
final class OrderSignals: Sendable {
    private struct Listeners {
        var next: UInt64 = 0
        var open: [UInt64: AsyncStream<Void>.Continuation] = [:]
    }

    private let listeners = Mutex(Listeners())

    /// A stream of changes from now on, with one to begin with; several in a row become one.
    func changes() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(
            bufferingPolicy: .bufferingNewest(1))
        continuation.yield()
        let id = listeners.withLock { listeners in
            listeners.next &+= 1
            listeners.open[listeners.next] = continuation
            return listeners.next
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.listeners.withLock { $0.open.removeValue(forKey: id) }
        }
        return stream
    }

    /// Orders have changed.
    func tell() {
        for listener in listeners.withLock({ Array($0.open.values) }) { listener.yield() }
    }

    /// Waits until something holds, which is looked at now and after every change.
    func wait(atMost limit: Duration, until holds: @escaping @Sendable () async -> Bool) async {
        let changes = changes()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in changes {
                    if await holds() { return }
                }
            }
            group.addTask {
                // Cancelled when the other is done first.
                do { try await Task.sleep(for: limit) } catch {}
            }
            await group.next()
            group.cancelAll()
        }
    }
}
