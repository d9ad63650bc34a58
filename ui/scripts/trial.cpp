#include "ui/scripts/trial.h"

namespace ui {

OneTrial tryScript(const edit::ScriptRun& run, const catalog::InstancePtr& instance,
                   const edit::EditList& edits, edit::Evaluator& evaluator, const std::atomic<bool>& cancel)
{
    OneTrial trial;
    auto before = evaluator.evaluate(*instance, edits);
    const auto after = before ? script::run(*run.script, before->meta, before->dataSet,
                                            {evaluator.context().seed, run.variables, run.lookup})
                              : Result<script::RunResult>(before.error());
    if (!after) {
        trial.failure = after.error().message();
        return trial;
    }
    trial.messages = after->messages + after->remarks;
    auto edited = std::make_shared<catalog::Instance>(*instance);
    auto content = std::make_shared<dicom::LoadedFile>(instance->kept());
    content->meta = std::move(before->meta);
    content->dataSet = std::move(before->dataSet);
    edited->content = std::move(content);
    edit::Evaluator once(evaluator.context()); // results for a text that is being typed are not worth keeping
    const auto edit = std::make_shared<const edit::Edit>(edit::Edit{{}, {edited->id}, run});
    trial.changes = edit::changes({edited}, {edit}, once, cancel);
    return trial;
}

} // namespace ui
