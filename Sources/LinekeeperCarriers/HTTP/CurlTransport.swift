import Foundation

/// HTTP/1.1 over libcurl: `https` with verification, no redirects, no proxy but a configured one,
/// every time and size limited.
///
/// Whatever is not a read goes out on a connection of its own, which is not used again: libcurl
/// sends a request on a used connection again when that closes without an answer, and tells nobody.
package final class CurlTransport: HTTPTransport {
    private let inbox: CurlInbox

    /// Starts the thread that all exchanges share.
    package init(_ settings: CurlSettings = CurlSettings()) {
        let inbox = CurlInbox(exchangesMax: settings.exchangesMax)
        self.inbox = inbox
        let thread = Thread { CurlLoop.run(inbox, settings) }
        thread.name = "carriers"
        thread.start()
    }

    /// A transport that nobody holds any more has nothing under way.
    deinit { inbox.close(at: .now) }

    package func send(_ request: HTTPRequest) async -> HTTPOutcome {
        let id = inbox.nextID()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                inbox.submit(
                    CurlSubmission(id: id, request: request, continuation: continuation))
            }
        } onCancel: {
            inbox.cancel(id)
        }
    }

    /// Refuses everything new, waits for what is under way, and breaks off what is not over by then.
    /// Returns when the thread has let go of everything.
    ///
    /// - Parameter grace: How long to wait.
    package func shutDown(grace: Duration = .seconds(5)) async {
        inbox.close(at: .now.advanced(by: grace))
        await inbox.end()
    }
}
