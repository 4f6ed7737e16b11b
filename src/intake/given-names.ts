import type { Gender } from './roles.ts'

/** Common given names, because two words with capitals may as well be a street. */
const male = `
Aaron Abdul Abdullah Adam Adrian Ahmed Ahmet Alan Albert Alejandro Aleksandr Alessandro Alex Alexander Alexei Alfred Ali Alistair Amir Anatoly
Anders Andreas Andrei Andrew Angelo Anthony Anton Antonio Antony Arif Arjun Arthur Aziz Barack Barış Bashar Ben Benjamin Bernard Bilal Bill Bjorn Björn
Bob Boris Brad Brendan Brian Bruce Bruno Burak Can Carl Carlos Cem Charles Chris Christian Christopher Claude Claus Colin Craig Curtis Daniel
Dario David Dean Declan Denis Dennis Derek Diego Dieter Dimitri Dmitry Dominic Donald Douglas Duncan Ebrahim Eddie Edmund Edward Emeka Emil Emmanuel Emre Enrico
Eric Erik Ernest Ethan Eugene Fabio Farid Felix Ferdinand Fernando Francesco Francis Francisco François Frank Franz Fred Frederick Fredrik Gareth Gary
Gavin Geoffrey Georg George Georges Gerald Gerard Gerhard Giorgio Giovanni Giuseppe Glenn Gordon Graham Greg Gregory Guillaume Gunnar Gustav Guy Hakan Hamid Hamza
Hans Harald Harold Harry Hasan Hassan Hector Heinrich Helmut Henri Henrik Henry Hiroshi Howard Hugh Hugo Hüseyin Ian Ibrahim Igor Ilham Ilya Imran
Ivan İbrahim İlker İsmail İsmet Jack Jacob Jacques Jakob James Jamal Jan Jason Javier Jean Jeff Jeffrey Jens Jeremy Jerome Jim Jimmy Joachim Joe Joel Johan
Johann John Johnny Jonas Jonathan Jorge José Jose Josef Joseph Joshua Juan Jules Julian Julien Jürgen Justin Kamal Karim Karl Keith Kemal Ken Kenji Kenneth
Kerem Kevin Khaled Khalid Khalifa Klaus Kofi Kurt Kwame Lars Laurent Lawrence Lee Leo Leon Leonard Lewis Liam Louis Luc Luca Lucas Luis Luke Mahmoud Marc Marcel
Marco Marcus Mario Mark Markus Martin Mateo Matteo Matthew Matthias Maurice Max Mehmet Mevlüt Michael Michel Miguel Mikhail Mohamed Mohammad Mohammed Morgan Muhammad Murat
Mustafa Nathan Neil Nelson Nicholas Nicolas Nigel Nikolai Nils Noah Norman Oğuz Oleg Oliver Olivier Omar Orhan Oscar Osman Otto Owen Pablo Pascal Patrick Paul Paulo
Pavel Pedro Per Peter Philip Philippe Pierre Rafael Rahul Raj Rajesh Ralph Ramón Raymond Recep Rhys Ricardo Richard Robert Roberto Robin Roger Roland Roman Ron Ronald Rory
Ross Roy Rudolf Rupert Russell Ryan Samir Sam Samuel Scott Sean Sebastian Selim Serge Sergei Sergey Serkan Simon Stefan Stephen Steve Steven Stuart Sven Tariq
Tayyip Ted Terence Terry Theo Theodore Thierry Thomas Tim Timothy Tobias Tom Tomas Tommy Tony Toby Tunde Umut Uwe Viktor Vincent Vikram Vladimir Volkan Walter Warren Wayne
Werner Wilhelm Will William Wolfgang Xavier Yasin Yusuf Yannick Yves Zafer Zoltan`

const female = `
Abigail Ada Adaeze Adele Agnes Aisha Alexandra Alice Alicia Aliyah Alison Amanda Amelia Amina Amira Amy Ana Anastasia Andrea Angela Angelina Anita Anja Ann Anna Anne Annette
Annika Antonia Asha Astrid Aya Ayla Ayşe Aylin Barbara Beata Beatrice Belgin Bernadette Beth Bettina Birgit Bridget Brigitte Camille Carla Carmen Carol Caroline Catherine
Cecilia Chantal Charlotte Chiara Chloe Christina Christine Claire Clara Claudia Colette Cristina Daniela Daphne Dawn Deborah Defne Delphine Denise Diana Diane Dilek Dorothy
Ebru Edith Ekaterina Elaine Elena Eleanor Elif Elisabeth Elise Elizabeth Ella Ellen Emily Emine Emma Erin Esra Estelle Esther Eva Eve Evelyn Fatima Fatma Fiona Florence
Frances Francesca Freya Frida Gabriela Gemma Geraldine Gillian Gisela Giulia Gloria Grace Greta Gudrun Gül Gülay Hanna Hannah Hatice Heather Heidi Helen Helena Hélène
Helga Hilary Holly Ilse Imogen Inês Ines Inga Ingrid Irene Irina Isabel Isabelle Isla Jacinda Jacqueline Jane Janet Janice Jasmine Jean Jennifer Jenny Jessica Jill Joan Joanna Joanne Josephine
Judith Julia Julie Juliette June Karen Karin Karina Kate Katharina Katherine Kathleen Katja Katrin Kirsten Kirsty Laila Lara Laura Layla Leila Leïla Lena Leonie Leyla Lily Linda
Lindsay Lisa Liz Louise Lucia Lucy Lydia Madeleine Magdalena Maggie Mai Malala Mandy Margaret Margit Maria María Marianne Marie Marina Marion Marta Martha Martina Mary Maryam
Mathilde Maya Megan Mei Melanie Melek Melis Michelle Mia Mina Miranda Miriam Moira Monica Monika Muriel Nadia Naomi Natalia Natalie Natasha Nazlı Neha Nesrin Ngozi Nicola
Nicole Nina Nora Odile Olga Olivia Özlem Pamela Patricia Paula Pauline Penelope Petra Pınar Pippa Polly Priya Priyanka Rachel Rania Rebecca Renate Rita Roberta Rosa Rose
Rosemary Ruth Sabine Sadia Sally Samantha Sandra Sara Sarah Selin Sevgi Shanthi Sheila Shirin Sibel Silvia Simone Sofia Sonia Sophia Sophie Stella Stephanie Susan Susanne
Svetlana Sylvia Sylvie Tamara Tansu Tara Tatiana Teresa Theresa Tina Tuba Ursula Valentina Valerie Vanessa Vera Veronica Victoria Violet Virginia Vivian Wendy Yasemin
Yasmin Yuki Yvonne Zainab Zara Zehra Zeynep Zoe`

const genders = new Map<string, Gender | null>()
for (const name of male.trim().split(/\s+/)) genders.set(name, 'he')
for (const name of female.trim().split(/\s+/)) genders.set(name, genders.has(name) ? null : 'she')

/** @returns the pronoun that usually goes with a given name, null for either, undefined where it is not known */
export function genderOfGivenName(name: string): Gender | null | undefined {
  return genders.get(name)
}
