#include "app/stop_request.h"

#include <csignal>

namespace {

std::atomic<bool> stop = false;
static_assert(std::atomic<bool>::is_always_lock_free, "set in a signal handler");

} // namespace

const std::atomic<bool>& stopRequested()
{
    const auto handler = [](int number) {
        stop = true;
        std::signal(number, SIG_DFL); // a second time it means at once
    };
    std::signal(SIGINT, handler);
    std::signal(SIGTERM, handler);
    return stop;
}
