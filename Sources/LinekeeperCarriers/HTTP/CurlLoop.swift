import CCurl
import Foundation

/// Drives all exchanges over one multi handle, on a thread of its own: libcurl's handles belong to
/// one thread at a time, and what it does may take longer than an event loop can spare.
final class CurlLoop {
    private let inbox: CurlInbox
    private let settings: CurlSettings
    private let multi: UnsafeMutableRawPointer
    private var exchanges: [UnsafeMutableRawPointer: CurlExchange] = [:]

    /// Connections of reads that are kept for the next.
    private static let idleConnectionsMax = 32

    /// Runs a loop until the inbox is closed; the thread is the loop's.
    static func run(_ inbox: CurlInbox, _ settings: CurlSettings) {
        blockBrokenPipeSignal()
        guard curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK, let multi = curl_multi_init()
        else {
            refuse(inbox.loopEnded(), "libcurl cannot be used: it did not initialise.")
            return
        }
        inbox.loopBegan(CurlAlarm(multi))
        let loop = CurlLoop(inbox, settings, multi)
        loop.run()
        refuse(inbox.loopEnded(), "The service is shutting down; the request was not sent.")
        curl_multi_cleanup(multi)
    }

    private static func refuse(_ submissions: [CurlSubmission], _ why: String) {
        for submission in submissions {
            submission.continuation.resume(
                returning: .notSent(HTTPFailure(.shuttingDown, why)))
        }
    }

    /// Without signals of its own (CURLOPT_NOSIGNAL) libcurl leaves it to its caller that writing to
    /// a closed connection raises SIGPIPE, as some TLS libraries do. Blocked, it has no effect, and the
    /// write fails.
    private static func blockBrokenPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    private init(_ inbox: CurlInbox, _ settings: CurlSettings, _ multi: UnsafeMutableRawPointer) {
        self.inbox = inbox
        self.settings = settings
        self.multi = multi
        _ = linekeeper_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.idleConnectionsMax)
    }

    private func run() {
        while true {
            let delivery = inbox.take()
            for submission in delivery.submissions { start(submission) }
            for id in delivery.cancellations { cancel(id) }
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            takeResults()
            var wait = Duration.seconds(1)
            if let end = delivery.endsAt {
                wait = min(wait, ContinuousClock.now.duration(to: end))
                if exchanges.isEmpty || wait <= .zero { break }
            }
            var ready: Int32 = 0
            let milliseconds =
                wait.components.seconds * 1_000 + wait.components.attoseconds
                / 1_000_000_000_000_000
            curl_multi_poll(multi, nil, 0, Int32(clamping: milliseconds + 1), &ready)
        }
        for exchange in exchanges.values {
            end(
                exchange,
                exchange.outcome(
                    HTTPFailure(
                        .shuttingDown, "The service shut down before the answer was there.")))
        }
    }

    private func start(_ submission: CurlSubmission) {
        do throws(HTTPFailure) {
            let exchange = try CurlExchange(submission, settings)
            exchanges[exchange.easy] = exchange
            let code = curl_multi_add_handle(multi, exchange.easy)
            guard code == CURLM_OK else {
                let why = String(cString: curl_multi_strerror(code))
                end(
                    exchange,
                    .notSent(HTTPFailure(.refused, "libcurl does not take the request: \(why).")))
                return
            }
        } catch {
            inbox.answered()
            submission.continuation.resume(returning: .notSent(error))
        }
    }

    private func cancel(_ id: UInt64) {
        // It may be over by now.
        guard let exchange = exchanges.values.first(where: { $0.id == id }) else { return }
        end(
            exchange,
            exchange.outcome(
                HTTPFailure(.cancelled, "The call ended before the answer was there.")))
    }

    private func takeResults() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let exchange = exchanges[easy]
            else { continue }
            end(exchange, exchange.outcome(message.pointee.data.result))
        }
    }

    /// Takes the handle out of libcurl's hands before anybody hears of the outcome.
    private func end(_ exchange: CurlExchange, _ outcome: HTTPOutcome) {
        curl_multi_remove_handle(multi, exchange.easy)
        exchanges[exchange.easy] = nil
        inbox.answered()
        exchange.finish(outcome)
    }
}
