import Glibc
import LinekeeperCore
import Logging

/// What tests set through the environment. A release build takes no notice of it.
enum TestAids {
    #if DEBUG
        /// `LINEKEEPER_FAILPOINT=FP_BUY_3` or `FP_BUY_3:2`: die there, at the second time.
        static func arm(logger: Logger) throws(StartError) {
            guard let text = variable("LINEKEEPER_FAILPOINT"), !text.isEmpty else { return }
            guard Failpoint.arm(text, die: { kill(getpid(), SIGKILL) }) else {
                let names = Failpoint.allCases.map(\.rawValue).joined(separator: ", ")
                throw .configuration(
                    "LINEKEEPER_FAILPOINT must be one of \(names), and :n for the n-th time.")
            }
            logger.warning("this server will kill itself", metadata: ["failpoint": "\(text)"])
        }

        /// `LINEKEEPER_ORDER_HASTE=60`: orders wait a sixtieth of their times.
        static var orderPace: OrderPace {
            guard let text = variable("LINEKEEPER_ORDER_HASTE"), let factor = Int64(text) else {
                return OrderPace()
            }
            return OrderPace().hastened(by: factor)
        }

        private static func variable(_ name: String) -> String? {
            guard let value = unsafe getenv(name) else { return nil }
            return unsafe String(cString: value)
        }
    #else
        static func arm(logger: Logger) throws(StartError) {}
        static var orderPace: OrderPace { OrderPace() }
    #endif
}
