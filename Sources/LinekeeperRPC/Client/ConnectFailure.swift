import NIOCore
import NIOPosix
import NIOSSL

/// Says in words why a connection failed.
enum ConnectFailure {
    static func cause(of error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError: cause(of: error)
        case let error as IOError: words(forErrno: error.errnoCode) ?? error.description
        case ChannelError.connectTimeout: "it did not answer in time"
        // It was gone before its handler could be looked up.
        case is ChannelPipelineError: "the peer closed the connection"
        case let error as NIOSSLError: cause(of: error)
        case let error as NIOSSLExtraError: error.description
        case is BoringSSLError: "TLS failed: \(error)"
        default: String(describing: error)
        }
    }

    private static func cause(of error: NIOConnectionError) -> String {
        // An address that was tried says more than a family of addresses that does not exist.
        if let first = error.connectionErrors.first { return cause(of: first.error) }
        return "the name is not known"
    }

    private static func cause(of error: NIOSSLError) -> String {
        guard case .handshakeFailed(let cause) = error else {
            return error == .uncleanShutdown
                ? "the peer closed it without ending TLS" : "TLS failed: \(error)"
        }
        let text = String(describing: cause)
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return "its certificate is not trusted; name its authority (a PEM file) and the name "
                + "in the certificate"
        }
        if text.contains("WRONG_VERSION_NUMBER") { return "it does not speak TLS" }
        return "the TLS handshake failed: \(text)"
    }

    private static func words(forErrno code: CInt) -> String? {
        switch code {
        case ECONNREFUSED: "nothing listens there (connection refused)"
        case ECONNRESET: "the peer reset the connection"
        case EHOSTUNREACH, ENETUNREACH: "there is no way to the host"
        case ETIMEDOUT: "it did not answer in time"
        case EPIPE: "the peer closed the connection"
        default: nil
        }
    }
}
