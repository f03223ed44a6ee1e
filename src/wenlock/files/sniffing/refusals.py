"""Why a file is not kept, in words for whoever chose it: what is wrong, and what to do."""

SENTENCES = {
    "empty": "The file is empty. Choose another file.",
    "too-big": "The file is larger than 100 MB. Make it smaller or divide it, then choose it again.",
    "email-too-big": "The e-mail is larger than 40 MB. Save its attachments and keep them one by one.",
    "virus": "The file has a virus in it, so it was not kept. Do not open it. Tell your IT service desk.",
    "program": "The file is a program, or opens one. Programs are not kept.",
    "script": "The file is a script. Scripts are not kept. If it is writing, save it as a PDF.",
    "web-page": "The file is a web page or a drawing that can run a program. "
    "Print it to PDF, then choose the PDF.",
    "macros": "The file has macros, which can do harm. Save it without macros, as a .docx, .xlsx or PDF, "
    "then choose it again.",
    "embedded": "The file has another file hidden inside it. Save it as a PDF, then choose the PDF.",
    "archive": "The file is a zip or other bundle of files. Take the files out, then keep them one by one.",
    "old-office": "The file is from an old version of Word, Excel or PowerPoint. "
    "Open it and save it as a .docx, .xlsx, .pptx or PDF, then choose that file.",
    "password": "The file is locked with a password. Save a copy without the password, then choose the copy.",
    "two-in-one": "The file is of two kinds at once, which is a way of hiding one. "
    "Print it to PDF again, or ask whoever sent it for another copy.",
    "bomb": "The file would grow to an enormous size when it is opened. "
    "Ask whoever sent it for another copy.",
    "too-many-pixels": "The picture is too large to open safely: more than 120 million pixels. "
    "Make it smaller.",
    "too-many-pages": "The scan has more than 2,000 pages. Divide it, then choose the parts.",
    "damaged": "The file is damaged or not complete. "
    "Ask for it again, or save it again and choose the new file.",
    "text-not-utf-8": "The text is not saved as UTF-8. Open it, choose “Save as” and the encoding UTF-8.",
    "unknown": "This kind of file is not kept. "
    "Save it as a PDF, a picture or a Word document, then choose that file.",
    "another-kind": "The file’s name ends in .{ending}, but its content is {name}. "
    "Give it the right name, or choose another file.",
    "attachment": "The e-mail carries something that cannot be kept. {reason}",
    "too-deep": "The e-mail has e-mails within e-mails, too deep to look through. "
    "Save the attachments one by one.",
}


class Refused(Exception):
    """A file is not kept. `code` says why to a program, `advice` to a person."""

    def __init__(self, code: str, **said: str) -> None:
        self.code, self.advice = code, SENTENCES[code].format(**said)
        super().__init__(self.advice)
