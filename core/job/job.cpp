#include "core/job/job.h"

namespace job {

Outlook prepare(const Job& job, edit::Evaluator& evaluator, const std::atomic<bool>& cancel, const Look& look)
{
    Outlook outlook;
    outlook.plan = writer::plan(job.instances, job.destination);
    if (!outlook.plan.problems.isEmpty())
        return outlook;
    IdentityCounter identity;
    for (const writer::PlannedFile& file : std::as_const(outlook.plan.files)) {
        if (cancel)
            break;
        const auto original = file.instance->load();
        if (!original)
            continue;
        outlook.scripts.addOriginal((*original)->dataSet);
        const auto evaluated = evaluator.evaluate(*file.instance, **original, job.edits);
        if (!evaluated)
            continue;
        identity.add((*original)->dataSet, evaluated->dataSet);
        outlook.scripts.add(*evaluated);
        if (look)
            look(*file.instance, *evaluated);
    }
    outlook.identity = identity.change();
    return outlook;
}

JobReport run(const Job& job, const writer::Plan& plan, edit::Evaluator& evaluator,
              const std::atomic<bool>& cancel, const std::function<void(int, int)>& progress)
{
    RemainsSearch search;
    writer::WriteOptions options = job.writing;
    options.done = [&search](const auto& file, const auto& original, const auto& written) {
        search.add(file, original, written);
    };
    JobReport report{writer::write(plan, job.edits, evaluator, options, cancel, progress), {}};
    report.remains = search.result(report.written, job.destination);
    return report;
}

} // namespace job
