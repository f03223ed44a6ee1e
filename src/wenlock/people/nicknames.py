"""Names that stand for one another: short and pet forms, and spellings of one name brought into English letters.

Our own list, from common knowledge (mark K), in force from the day below; a council adds what its families use. The
first of each line is the name in full, and the rest are forms of it. A name may stand in several lines: Alex is
Alexander or Alexandra. Nothing is decided by it: it only says whom else a search may mean.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from wenlock.people.folding import folded


@dataclass(frozen=True, slots=True)
class NameFamily:
    """A name in full, its forms, whether these are `pet` names or `spelling`s, and the first day the list has it."""

    full: str
    forms: tuple[str, ...]
    kind: str
    since: date


FIRST_LIST = date(2026, 11, 1)

_PET = """
Abigail Abi Abby Abbie Gail
Abraham Abe Bram
Adam Ads
Agnes Aggie Nessie
Agnieszka Aga Agusia
Alan Al
Albert Al Bert Bertie Albie
Alexander Alex Alec Al Alexei Sandy Xander Sasha Lex Olek
Alexandra Alex Lexi Lexie Sandra Sasha Xandra Alexa Ola
Alfred Alf Alfie Fred
Alice Ali Allie
Alison Ali Allie
Amanda Mandy Mandi
Amelia Amy Millie Melia Mia
Andrew Andy Drew Andi
Andrzej Andy Jedrek
Angela Angie Ange
Anita Nita
Ann Annie Nan Nancy
Anna Annie Ania Anya Anka
Anthony Tony Ant Anton
Antonia Toni Tonia
Archibald Archie Arch
Arthur Art Artie
Ayodele Ayo
Barbara Babs Barb Barbie Basia
Beatrice Bea Trixie Bee
Benjamin Ben Benny Benji
Bernadette Bernie Detta
Bernard Bernie
Bridget Biddy Bridie
Bronislaw Bronek
Cameron Cam
Caroline Caz Carrie Carol Caro
Catherine Cath Cathy Kate Katie Kitty Kath Kathy Cat
Cecilia Celia Cissy
Charles Charlie Chas Chuck Chaz Charley
Charlotte Charlie Lottie Lotte Char Charley
Chidiebere Chidi
Chioma Chi
Christina Chris Tina Chrissie
Christine Chris Chrissie Tina
Christopher Chris Kit Topher Christy
Chukwuemeka Emeka
Clara Clarrie
Clifford Cliff
Conor Con
Cynthia Cindy
Daniel Dan Danny
Danielle Dani Danni Elle
David Dave Davy Davey Dai
Deborah Deb Debbie Debs
Dennis Den Denny
Dominic Dom Nic
Donald Don Donny
Dorothy Dot Dottie Dolly Dora
Douglas Doug Dougie
Duncan Dunc
Ebenezer Eben
Edith Edie
Edmund Ed Ned Ted
Edward Ed Eddie Ted Teddy Ned Eddy
Edwin Ed Eddie
Eleanor Ellie Nell Nora Ella Elle Lennie
Elizabeth Liz Beth Lizzie Eliza Betty Bess Bessie Libby Betsy Lisa Elsie Liza Buffy Lilibet
Elzbieta Ela Elka
Emeka Meka
Emily Em Emmy Millie Emmie
Emma Em Emmy
Emmanuel Manny Manu
Eoghan Eoin
Ernest Ernie
Eugene Gene
Evelyn Eve Evie Lyn
Fatima Fati Fatou
Felicity Flick Fliss
Fiona Fi
Florence Flo Flossie Florrie
Folasade Sade Fola
Frances Fran Frankie Fanny Francie
Francis Frank Frankie
Franciszek Franek
Frederick Fred Freddie Rick Freddy
Gabriel Gabe
Gabrielle Gabby Elle
Geoffrey Geoff
George Georgie
Georgina Georgie Gina Georgia
Gerald Gerry Jerry
Gerard Gerry Ged
Gillian Gill Jill Gilly
Grace Gracie
Graham Gray
Gregory Greg
Grzegorz Grzesiek Greg
Gwendolyn Gwen Gwennie Wendy
Hannah Hanny
Harold Harry Hal
Harriet Hattie Harri
Harrison Harry Haz
Heather Hev
Helen Nell Nellie
Henrietta Hetty Etta
Henry Harry Hal Hank
Herbert Bert Herb
Hugh Hughie
Ifeoma Ify
Irene Rene
Isaac Ike Zac
Isabella Bella Izzy Isa Belle
Isabelle Izzy Belle Bella Issy
Jacob Jake Jay
Jacqueline Jackie Jacqui Jax
Jakub Kuba
James Jim Jimmy Jamie Jem Jay Jimbo
Jane Janie Jenny
Janet Jan
Janice Jan
Jan Janek
Jasmine Jas Jaz Yasmin
Jason Jay Jase
Jean Jeannie
Jeffrey Jeff
Jennifer Jen Jenny Jenni
Jeremy Jez Jerry Jem
Jessica Jess Jessie
Joan Joanie
Joanna Jo Joanne Jojo Asia
John Johnny Jack Jon Jonny
Jonathan Jon Jonny Jonty Nathan
Joseph Joe Joey Jo
Josephine Jo Josie Posy
Joshua Josh
Joyce Joy
Judith Judy Jude Judi
Julia Jules Julie
Julian Jules
Justin Jus
Karen Kaz
Katarzyna Kasia Kaska
Katherine Kate Katie Kathy Kath Kat Kay Kitty Kit
Kenneth Ken Kenny
Kimberley Kim Kimmie
Krzysztof Krzys Krzysiek
Laura Laurie Lolly
Laurence Larry Laurie Loz
Lawrence Larry Laurie Loz
Leonard Len Leo Lenny
Leslie Les
Lewis Lew
Lilian Lily Lil
Lindsay Lin
Louis Lou Lewis Louie
Louise Lou Lulu
Lucinda Lucy Cindy
Lucy Lu
Lydia Liddy
Madeleine Maddie Maddy Mads
Magdalena Magda Maddie Lena
Malcolm Mal
Malgorzata Gosia Malgosia
Margaret Maggie Meg Peggy Madge Marge Margie Greta Daisy Mags Megan Rita
Maria Ria Mia Marysia
Marian Marie
Marion Mar
Mark Marky
Martha Marti Mattie
Martin Marty
Mary Molly Polly May Mae Moll Minnie
Mateusz Mati
Matilda Tilly Mattie Tilda Maud
Matthew Matt Matty Mattie
Maureen Mo
Maurice Mo Morrie
Megan Meg Meggie
Melanie Mel
Melissa Mel Lissa
Michael Mike Mick Mickey Micky Mikey Mitch
Michal Misiek
Michelle Shell Chelle Mich
Mildred Millie
Miriam Mim Mimi
Mohammed Mo
Moira Mo
Morgan Mo
Natalie Nat Tally
Nathan Nate Nat
Nathaniel Nat Nathan Nate
Ngozi Ngo
Nicholas Nick Nicky Nico Klaus
Nicola Nicky Nicki Nic Nikki
Nigel Nige
Norman Norm
Oliver Ollie Olly Noll
Olivia Liv Livvy Ollie Livia
Oluwaseun Seun
Oluwatobi Tobi
Oluwadamilola Damilola Dami
Oscar Ossie Oz
Pamela Pam Pammie
Patricia Pat Tricia Patsy Trish Patty Paddy
Patrick Pat Paddy Rick Patsy
Paul Pauly
Pauline Paula
Penelope Penny Pen
Peter Pete
Petra Pet
Philip Phil Pip
Philippa Pippa Pip
Phoebe Phoebs
Piotr Piotrek
Priscilla Cilla Prissy
Prudence Prue
Rachel Rach Rae
Raymond Ray
Rebecca Becky Becca Bex Becks Bekah
Reginald Reg Reggie
Rhiannon Rhi
Richard Rich Rick Dick Ricky Richie Dickie
Robert Rob Bob Bobby Robbie Bert Robin Rab
Roderick Rod Roddy
Rodney Rod
Roger Rog
Ronald Ron Ronnie
Rosalind Ros Roz
Rose Rosie
Rosemary Rose Rosie Romy
Roxanne Roxy
Rupert Ru
Russell Russ
Samantha Sam Sammy Sammie
Samuel Sam Sammy
Sarah Sally Sadie
Sean Seanie
Sebastian Seb Bas Sebby
Sharon Shaz
Sheila She
Sian Siani
Simon Si
Sophia Soph Sophie
Sophie Soph
Stanislaw Staszek Stas Stan
Stanley Stan
Stella Stell
Stephanie Steph Stef Stevie
Stephen Steve Stevie Ste
Stuart Stu
Susan Sue Susie Suzie Sukie Suki
Susannah Sue Susie Zanna Anna
Suzanne Sue Suzie
Sylvia Sylvie
Tamara Tammy
Terence Terry Tel
Teresa Tess Terry Tessa
Theodore Theo Ted Teddy
Theresa Tess Terry Tessa Tracy
Thomas Tom Tommy Thom
Timothy Tim Timmy
Tobias Toby
Tomasz Tomek
Trevor Trev
Ursula Ursie
Valerie Val
Veronica Ronnie Vera
Victor Vic
Victoria Vicky Vicki Tori Vikki Viki
Vincent Vin Vince Vinny
Violet Vi
Virginia Ginny Ginger
Vivian Viv
Walter Walt Wally
Wilfred Wilf Wilfie Fred
William Will Bill Billy Willie Liam Willy
Winifred Win Winnie Freda
Wojciech Wojtek
Yvonne Vonnie
Zachary Zac Zach Zak
Zofia Zosia Zoska
"""

_SPELLINGS = """
Aaliyah Aliyah Alia Aliya
Abdallah Abdullah Abdulla Abdalla
Abdulrahman Abdurrahman Abdirahman Abdelrahman
Agata Agatha
Ahmed Ahmad Ahmet Achmed
Aisha Aysha Ayesha Aishah Aicha Asha Ayse Aesha
Alexei Aleksei Alexey Aleksey
Aleksander Alexander Aleksandr Alexandru
Ali Aly Alee
Amina Aminah Ameena Aamina
Amir Ameer Emir
Ann Anne
Bilal Belal Bilaal
Catherine Katherine Kathryn Catharine Katharine Cathryn Katerina Ekaterina Catrin Katarzyna Caitrin
Caitlin Kaitlin Caitlyn Katelyn Kaitlyn
Cian Kian Keane
Ebony Eboni
Eilidh Ayley Ailidh
Eoin Owen Owain Eoghan Ewan Euan Ewen
Fatima Fatema Fatimah Faatima Fatma Fathima
Geoffrey Jeffrey
Georgiy Georgi Yuri
Habib Habeeb
Hafsa Hafsah Hafza
Hamza Hamzah Hamsa
Hasan Hassan Hassaan
Hussein Hussain Husayn Hossain Husain Hossein Hosein
Ibrahim Ebrahim Ibraheem Abraham Brahim
Isabel Isobel Ysabel Isabelle Isabell Iseabail
Ismail Ismael Esmail Ishmael Ismaeel
Jamal Jamaal Gamal Jemal
John Jon Juan Jan Ivan Sean Ian Johan Ioan Evan Giovanni Joao
Jozef Joseph Yusuf Yousef Yousuf Yusef Youssef Yusof Jose Giuseppe
Khadija Khadijah Kadija Hadija Khadeeja
Khalid Khaled Kalid
Kristina Christina Krystyna Cristina Khristina
Lara Laura
Layla Leila Laila Leyla Laylah
Lucas Lukasz Lukas Luka Luca
Maryam Mariam Mariyam Miriam Meryem Maryum Marium
Maria Mariya Marija Marya Mary Marie Moire
Mateusz Matthew Matteo Mateo
Matthias Mathias
Michael Michal Mikhail Mihail Miguel Mikael Michele Mykhailo
Mohammed Muhammad Mohammad Mohamed Mohamad Muhammed Mohamud Muhamed Mehmet Mahomed Mohd
Mustafa Mostafa Mustapha Moustafa
Natalia Nataliya Natalya Natalie
Niamh Neve Neave Nieve
Nikolai Nicolai Mykola Nicolae Nicholas
Noor Nur Nour Noora
Oleksandr Alexander Aleksandr
Omar Umar Omer Oumar
Osman Usman Uthman Othman
Pavel Paul Pawel Pavlo
Piotr Peter Petr Pyotr Pietro Pedro
Rahim Raheem
Rahman Rehman
Saeed Said Sayed Saied
Safia Safiya Safiyya Sofia
Saoirse Sirsha Seersha
Sean Shaun Shawn Shane
Shahid Shaheed
Sinead Shinade
Siobhan Shivaun Chevonne
Sofia Sophia Zofia Sofiya Sophie
Stephen Steven Stefan Stephan Szczepan Esteban
Sulaiman Suleiman Suleman Solomon Sulayman Suleyman
Tariq Tarik Tareq Tarek
Teresa Theresa Therese Tereza
Volodymyr Vladimir Wlodzimierz
Yasmin Jasmine Yasmeen Yasmine Jasmin
Yulia Julia Iulia Yuliya
Yusra Yousra
Zainab Zaynab Zeinab Zeynep Zaineb
Zara Zahra Zarah Zaara
Sarah Sara Zara Sarra
Rebecca Rebekah Rebeka
Rachel Rachael Raquel Rahel
Phillip Philip Filip Felipe
Hanna Hannah Hana
Mya Mia Maya
Zoe Zoey Zoya
Chloe Khloe Cloe
Elisabeth Elizabeth Elzbieta Elisabeta Elspeth Elisheva
Thomas Tomas Tomasz Tommaso
Vera Wiera
Yaroslav Jaroslaw
Wei Wai
Harpreet Harprit
Gurpreet Gurprit
Jaspreet Jasprit
Manpreet Manprit
Lakshmi Laxmi
Krishna Krisna
Deepak Dipak
Dipika Deepika
Ngoc Ngok
"""


def _families(lines: str, kind: str) -> tuple[NameFamily, ...]:
    rows = (line.split() for line in lines.strip().splitlines())
    return tuple(NameFamily(full, tuple(forms), kind, FIRST_LIST) for full, *forms in rows)


FAMILIES = (*_families(_PET, "pet"), *_families(_SPELLINGS, "spelling"))


@cache
def _by_form() -> dict[str, tuple[NameFamily, ...]]:
    found: dict[str, tuple[NameFamily, ...]] = {}
    for family in FAMILIES:
        for form in {folded(one) for one in (family.full, *family.forms)}:
            found[form] = (*found.get(form, ()), family)
    return found


def families_of(name: str, *, on: date) -> tuple[NameFamily, ...]:
    """The families a given name belongs to on a day, however it is written."""
    return tuple(family for family in _by_form().get(folded(name), ()) if family.since <= on)


def forms_of(name: str, *, on: date) -> tuple[str, ...]:
    """What else a given name may be recorded as on a day, folded, in alphabetical order; the name itself left out."""
    forms = {folded(one) for family in families_of(name, on=on) for one in (family.full, *family.forms)}
    return tuple(sorted(forms - {folded(name)}))


def stands_for(recorded: str, *, typed: tuple[str, ...], on: date) -> str:
    """How a recorded name answers a typed one: "nickname" of it in full, "spelling" of it, or another "form"; else "".

    `typed` are the words typed: whichever of them shares a family with `recorded` is meant.
    """
    for family in families_of(recorded, on=on):
        forms = {folded(one) for one in (family.full, *family.forms)}
        if forms & set(typed):
            if family.kind == "spelling":
                return "spelling"
            return "nickname" if folded(family.full) == folded(recorded) else "form"
    return ""
