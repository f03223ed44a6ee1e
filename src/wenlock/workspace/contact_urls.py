"""The addresses of contacts, under `contacts/` of the worker's pages."""

from django.urls import path

from wenlock.workspace import contact_mailboxes, contact_papers, contacts, origins, told

urlpatterns = [
    path("", contacts.listed, name="contacts"),
    path("take/", contacts.take, name="contact-take"),
    path("mailboxes/", contact_mailboxes.listed, name="contact-mailboxes"),
    path("mailboxes/<uuid:email>/want/", contact_mailboxes.want, name="contact-email-want"),
    path("<uuid:contact>/", contacts.contact, name="contact"),
    path("<uuid:contact>/note/", contacts.note, name="contact-note"),
    path("<uuid:contact>/add/", contacts.add, name="contact-add"),
    path("<uuid:contact>/from/", origins.giver, name="contact-from"),
    path("<uuid:contact>/told/<uuid:person>/", origins.told, name="contact-told"),
    path("<uuid:contact>/find/<uuid:mention>/", contacts.find, name="contact-find"),
    path("<uuid:contact>/find/<uuid:mention>/undo/", contacts.undo, name="contact-undo"),
    path("<uuid:contact>/decide/", contacts.decide, name="contact-decide"),
    path("<uuid:contact>/tell/", contacts.tell, name="contact-tell"),
    path("<uuid:contact>/papers/add/", contact_papers.add, name="contact-paper-add"),
    path("<uuid:contact>/papers/<uuid:paper>/", contact_papers.download, name="contact-paper"),
    path("<uuid:told>/who/", told.who, name="change-who"),
    *(
        path(
            f"<uuid:told>/put-right/<uuid:whose>/{fact}/",
            told.put_right,
            {"fact": fact},
            name=f"change-{fact}",
        )
        for fact in told.FORMS
    ),
    path("<uuid:told>/leave/", told.leave, name="change-leave"),
    path("<uuid:told>/report/", told.report, name="change-report"),
    path("<uuid:contact>/afterwards/", told.permission, name="contact-afterwards"),
    path("<uuid:contact>/afterwards/undo/", told.no_longer, name="contact-afterwards-undo"),
    path("<uuid:question>/answer/", told.answer, name="question-answer"),
    path("<uuid:complaint>/acknowledge/", told.acknowledge, name="complaint-acknowledge"),
]
