#pragma once

#include <QString>
#include <utility>
#include <variant>

/// What went wrong, in the words that the user reads: which file and attribute, what happened, what to do.
/// Empty parts are left out of message(). Values of a patient never go into it, file names do.
struct Error {
    enum class Kind {
        NotDicom, ///< the file is something else
        Directory, ///< a DICOMDIR: a directory of images, not an image
        Damaged, ///< DICOM, but its structure cannot be followed
        TooDeep, ///< sequences nested beyond the limit
        NotRewritable, ///< it can be looked at, but not written without the risk of a loss
        Unreadable, ///< the file cannot be opened or read
        Unwritable, ///< the target cannot be created, written, synced or renamed
        Busy, ///< another program is at work there
        Verification, ///< what was read back is not what was to be written
        Changed, ///< the file on disk is no longer the one that was read
        InvalidValue, ///< a value its attribute cannot hold
        Script, ///< a script statement failed on this instance
        Cancelled, ///< the user stopped it
    };

    Kind kind{};
    QString reason; ///< what happened, a sentence without a full stop
    QString remedy = {}; ///< what the user can do about it
    QString file = {}; ///< path as given
    QString attribute = {}; ///< "(0010,0010) Patient's Name", or a path inside sequences

    /// "file: attribute: reason. remedy."
    QString message() const;
    friend bool operator==(const Error&, const Error&) = default;
};

/// Either a value or an Error. value() may only be called when ok().
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value)
        : m_content(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_content(std::in_place_index<1>, std::move(error))
    {
    }

    bool ok() const { return m_content.index() == 0; }
    explicit operator bool() const { return ok(); }
    const T& value() const& { return std::get<0>(m_content); }
    T& value() & { return std::get<0>(m_content); }
    T&& value() && { return std::get<0>(std::move(m_content)); }
    const Error& error() const { return std::get<1>(m_content); }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

private:
    std::variant<T, Error> m_content;
};

/// Success without a value.
struct Done {
    friend bool operator==(Done, Done) = default;
};
using Outcome = Result<Done>;
